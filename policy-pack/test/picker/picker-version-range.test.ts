import { CHART_VERSIONS } from "../../../catalog/chartVersions";
import { chartVersionProblem } from "../../../checks/chartVersion";
import { UNKNOWN } from "../support/unknown";
import { pickerVersionRange } from "../../picker/picker-version-range";
import { picker } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, type RunOptions, unknownBut } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const IMAGE_PATH = "spec.template.spec.containers[0].image";
const EPP = "registry.k8s.io/gateway-api-inference-extension/epp";
const RANGE = "v1.4.0 up to, but not including, v1.6.0";
const MOVED = "from 1.6.0 on there is neither endpoint picker nor chart: both moved to llm-d";
const OLD_GAUGE = "it reads the KV cache by the name that vLLM had for it before 0.10.2";
const OCI = "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool";
const TYPES = [
  "kubernetes:helm.sh/v3:Release",
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:helm.sh/v4:Chart",
];

const findings = findingsIn(pickerVersionRange);

const withImage = (image: unknown) => changed(picker, `${CONTAINER}.image`, image);

function chart(inputs: object, type = TYPES[0] ?? ""): Registered {
  return { type, name: "llm", inputs: { chart: OCI, ...inputs } };
}

test.each<[string, Registered]>([
  ["the newest version", withImage(`${EPP}:v1.5.0`)],
  ["the oldest version", withImage(`${EPP}:1.4.0`)],
  ["a mirror", withImage("europe-docker.pkg.dev/p/mirror/epp:v1.5.0@sha256:0")],
  [
    "llm-d's, which counts otherwise",
    withImage("ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0"),
  ],
  ["another pod", changed(withImage("nginx:v1.6.0"), `${CONTAINER}.args`, [])],
  ["no containers", changed(picker, "spec.template.spec.containers", [])],
  ["a chart", chart({ version: "v1.5.0" })],
  ["a chart without a v", chart({ version: "1.4.0" })],
  ["a chart in a folder", chart({ chart: "./charts/inferencepool" })],
  ["a version in the reference", chart({ chart: `${OCI}:v1.5.0` })],
  ["another chart", chart({ chart: "nginx", version: "1.6.0" })],
  ["a chart whose inputs nobody sees", { type: TYPES[2] ?? "", name: "llm", inputs: {} }],
  ["a chart that is not known yet", chart({ chart: UNKNOWN })],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[unknown, string]>([
  [`${EPP}:v1.6.0`, `v1.6.0 is not below 1.6.0: ${MOVED}`],
  [`${EPP}:v1.6.0-rc.1`, `v1.6.0-rc.1 is not below 1.6.0: ${MOVED}`],
  [
    `${EPP}:v1.1.0`,
    'v1.1.0 is older than 1.4.0: its chart passes "--tracing" "false", at which it stops ' +
      "reading its arguments",
  ],
  [`${EPP}:v1.2.1`, `v1.2.1 is older than 1.4.0: ${OLD_GAUGE}`],
  [
    `${EPP}:v1.3.1`,
    "v1.3.1 is older than 1.4.0: its chart sets no failureMode, so requests get an error while " +
      "it restarts",
  ],
  [`${EPP}:main`, '"main" is not one version'],
  [EPP, "the image has no tag, so its version is not known"],
  [`${EPP}@sha256:0`, "the image has no tag, so its version is not known"],
])("fails image %s", async (image, problem) => {
  const message = `${IMAGE_PATH}: ${problem}; use a tag in ${RANGE}`;
  expect(await findings(withImage(image))).toEqual([["mandatory", message]]);
});

test.each(TYPES)("judges the chart of a %s", async (type) => {
  const fix = `write a version in ${RANGE}`;
  const said = async (inputs: object) => findings(chart(inputs, type));
  expect(await said({ version: "v1.6.0" })).toEqual([
    ["mandatory", `version: v1.6.0 is not below 1.6.0: ${MOVED}; ${fix}`],
  ]);
  expect(await said({ chart: "inferencepool", version: "v1.2.0" })).toEqual([
    ["mandatory", `version: v1.2.0 is older than 1.4.0: ${OLD_GAUGE}; ${fix}`],
  ]);
  expect(await said({})).toEqual([
    ["mandatory", `version: is not set, so the newest chart is taken; ${fix}`],
  ]);
  expect(await said({ version: "^1.4.0" })).toEqual([
    ["mandatory", `version: "^1.4.0" is not one version; ${fix}`],
  ]);
  expect(await said({ version: 15 })).toEqual([
    ["mandatory", `version: 15 is not one version; ${fix}`],
  ]);
  expect(await said({ chart: "https://example.com/inferencepool-v1.6.0.tgz" })).toEqual([
    ["mandatory", `chart: v1.6.0 is not below 1.6.0: ${MOVED}; ${fix}`],
  ]);
  expect(await said({ version: UNKNOWN })).toEqual([["advisory", pending("version")]]);
});

test.each(["StatefulSet", "DaemonSet"])("judges a %s", async (kind) => {
  const other = changed(changed(withImage(`${EPP}:main`), "kind", kind), "metadata");
  expect(await findings({ ...other, type: `kubernetes:apps/v1:${kind}` })).toHaveLength(1);
});

test("finds the picker beside a sidecar, and in a patch", async () => {
  const containers = [
    { name: "proxy", image: "envoy:v1" },
    { name: "epp", image: `${EPP}:main` },
  ];
  const both = changed(picker, "spec.template.spec.containers", containers);
  const message = `spec.template.spec.containers[1].image: "main" is not one version; use a tag in ${RANGE}`;
  expect(await findings(both)).toEqual([["mandatory", message]]);
  const patch = { ...both, type: "kubernetes:apps/v1:DeploymentPatch" };
  expect(await findings(patch)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = withImage(`${EPP}:main`);
  const known = unknownBut(inputs, "kind", "apiVersion", `${CONTAINER}.image`);
  expect(await findings({ ...picker, inputs: known })).toHaveLength(1);
  const release = chart({ version: "v1.6.0", values: UNKNOWN, namespace: UNKNOWN });
  expect(await findings(release)).toHaveLength(1);
});

test("advises where the image is not known yet", async () => {
  expect(await findings(withImage(UNKNOWN))).toEqual([["advisory", pending(IMAGE_PATH)]]);
});

describe("another range", () => {
  const set = (minimum: string, below: string): RunOptions => ({
    config: { [pickerVersionRange.name]: { minimum, below } },
  });

  test("is taken", async () => {
    expect(await findings(withImage(`${EPP}:v1.3.0`), set("1.3.0", "1.4.0"))).toEqual([]);
    const range = "v1.3.0 up to, but not including, v1.4.0";
    expect(await findings(withImage(`${EPP}:v1.4.0`), set("1.3.0", "1.4.0"))).toEqual([
      ["mandatory", `${IMAGE_PATH}: v1.4.0 is not below 1.4.0; use a tag in ${range}`],
    ]);
    expect(await findings(withImage(`${EPP}:v1.4.0`), set("1.5.0", "1.6.0"))).toEqual([
      [
        "mandatory",
        `${IMAGE_PATH}: v1.4.0 is older than 1.5.0; use a tag in v1.5.0 up to, but not ` +
          "including, v1.6.0",
      ],
    ]);
  });

  test.each([
    ["newest", "1.6.0", 'minimum is "newest", which is not a version; write for example 1.4.0'],
    ["1.4.0", "x", 'below is "x", which is not a version; write for example 1.4.0'],
    ["1.6.0", "1.6.0", "minimum is 1.6.0, which is not below 1.6.0, the value of below"],
  ])("must be one: %s to %s", async (minimum, below, problem) => {
    const given = findings(withImage(`${EPP}:v1.5.0`), set(minimum, below));
    await expect(given).rejects.toThrow(`picker-version-range: ${problem}`);
  });
});

test("program and policies allow the same versions", async () => {
  for (const version of CHART_VERSIONS) {
    expect(await findings(withImage(`${EPP}:${version}`))).toEqual([]);
  }
  const refused = ["v1.1.0", "v1.2.0", "v1.2.1", "v1.3.0", "v1.3.1", "v1.6.0"];
  for (const version of refused) {
    expect([version, chartVersionProblem(version)]).not.toEqual([version, undefined]);
    expect(await findings(withImage(`${EPP}:${version}`))).toHaveLength(1);
  }
});
