import { pickerFlagProblem } from "../../../checks/pickerFlags";
import { UNKNOWN } from "../support/unknown";
import { pickerMetricFitsServer } from "../../picker/picker-metric-fits-server";
import { METRIC_FLAGS } from "../../pods/kvGauge";
import {
  configText,
  inCluster,
  inference,
  picker,
  pickerConfig,
  pool,
  provider,
  replaced,
  server,
} from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const IMAGE_PATH = "spec.template.spec.containers[0].image";
const ARGS_PATH = "spec.template.spec.containers[0].args";
const LABEL = "inference.networking.k8s.io/engine-type";
const LABEL_PATH = `spec.template.metadata.labels["${LABEL}"]`;
const FLAG = "--kv-cache-usage-percentage-metric";
const NEW = "vllm:kv_cache_usage_perc";
const OLD = "vllm:gpu_cache_usage_perc";
const SGLANG = "sglang:token_usage";

const findings = findingsOf(pickerMetricFitsServer);

function pickerOf(version: string, ...flags: unknown[]): Registered {
  const image = `registry.k8s.io/gateway-api-inference-extension/epp:${version}`;
  const args = ["--pool-name", "llm", ...flags];
  return changed(changed(picker, `${CONTAINER}.image`, image), `${CONTAINER}.args`, args);
}

function serverOf(image: unknown, labels: object = {}): Registered {
  const all = { app: "llm", ...labels };
  const labelled = changed(server, "spec.template.metadata.labels", all);
  return changed(labelled, `${CONTAINER}.image`, image);
}

const vllm = (version: string, labels: object = {}) =>
  serverOf(`vllm/vllm-openai:${version}`, labels);
const sglang = (labels: object = {}, args: unknown = ["--enable-metrics"]) =>
  changed(serverOf("lmsysorg/sglang:v0.5.6", labels), `${CONTAINER}.args`, args);
const silent = (by: string, fix: string, path = ARGS_PATH) =>
  `${path}: ${by} has no metrics, so the endpoint picker picker reads none; ${fix}`;
const started = (...args: unknown[]) => changed(server, `${CONTAINER}.args`, args);
const together = (...changes: Registered[]) => replaced(inference, ...changes);

/** The newest picker with this in its configuration. */
const configured = (head: string, version = "v1.5.0") => [
  pickerOf(version, "--config-file", "/config/plugins.yaml"),
  changed(pickerConfig, "data", { "plugins.yaml": configText(head) }),
];

const misread = (read: string, title: string, fix: string, path = IMAGE_PATH) =>
  `${path}: the endpoint picker reads ${read}, which ${title} of server does not report; ${fix}`;
const unreported = (title: string, read: string, fix: string, path = IMAGE_PATH) =>
  `${path}: ${title} does not report ${read}, which the endpoint picker picker reads; ${fix}`;

test.each<[string, readonly Registered[]]>([
  ["the good stack", inference],
  ["two clusters", [...inference, ...inCluster(inference, "other")]],
  ["an old picker for an old vLLM", together(pickerOf("v1.1.0"), vllm("v0.8.5"))],
  ["an old picker while there were both", together(pickerOf("v1.2.1"), vllm("v0.10.1"))],
  ["an old picker that is told", together(pickerOf("v1.2.1", FLAG, NEW), vllm("v0.18.1"))],
  ["told in one argument", together(pickerOf("v1.2.1", `${FLAG}=${NEW}`), vllm("v0.18.1"))],
  ["the first picker of the new name", together(pickerOf("v1.3.0"), vllm("v0.10.2"))],
  ["statistics that are logged", together(started("--disable-log-stats=false"))],
  ["a script", together(changed(started("--disable-log-stats"), `${CONTAINER}.command`, ["sh"]))],
  ["an SGLang with a file of flags", together(sglang({ [LABEL]: "sglang" }, ["--config", "a"]))],
  ["SGLang by a flag", together(pickerOf("v1.3.0", FLAG, SGLANG), sglang())],
  ["SGLang by its label", together(sglang({ [LABEL]: "sglang" }))],
  ["SGLang by default", together(sglang(), ...configured("defaultEngine: sglang"))],
  [
    "SGLang by the data layer",
    together(sglang({ [LABEL]: "sglang" }), ...configured("featureGates: [dataLayer]", "v1.4.0")),
  ],
  [
    "another label",
    together(sglang({ engine: "sglang" }), ...configured("engineLabelKey: engine")),
  ],
  ["a metric of its own", together(vllm("v0.8.5"), ...configured(`kvUsageSpec: "${OLD}"`))],
  ["an engine of its own", together(vllm("v0.8.5", { [LABEL]: "mine" }))],
  [
    "llm-d's router",
    together(
      changed(picker, `${CONTAINER}.image`, "ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0"),
    ),
  ],
  [
    "llm-d's former scheduler",
    together(
      changed(picker, `${CONTAINER}.image`, "ghcr.io/llm-d/llm-d-inference-scheduler:v0.5.0"),
      vllm("v0.8.5"),
    ),
  ],
  ["a picker of no version", together(pickerOf("main"), vllm("v0.8.5"))],
  ["a vLLM of no version", together(pickerOf("v1.1.0"), vllm("nightly"))],
  ["a server of another make", together(pickerOf("v1.1.0"), serverOf("x/server:v1"))],
  ["a configuration that another stack has", [provider, vllm("v0.8.5"), pool, picker]],
  ["a server behind no pool", together(vllm("v0.8.5", { app: "other" }))],
  ["a server in another namespace", together(changed(vllm("v0.8.5"), "metadata.namespace", "x"))],
  [
    "another pool's picker",
    together(vllm("v0.8.5"), changed(picker, `${CONTAINER}.args.1`, "other")),
  ],
  ["no pool", together(vllm("v0.8.5")).filter(({ name }) => name !== "pool")],
  [
    "a server in another cluster",
    [provider, pool, picker, pickerConfig, ...inCluster([provider, vllm("v0.8.5")], "b")],
  ],
  ["a pool without a selector", together(vllm("v0.8.5"), changed(pool, "spec.selector", []))],
  ["no metadata", together(vllm("v0.8.5"), changed(picker, "metadata", null))],
  ["a text for arguments", together(changed(picker, `${CONTAINER}.args`, "--pool-name llm"))],
  ["no provider and no GKE resource", inference.slice(1).map(({ provider: _, ...rest }) => rest)],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "an old picker for a new vLLM",
    together(pickerOf("v1.2.1"), vllm("v0.10.2")),
    "picker",
    misread(OLD, "vLLM v0.10.2", `add the flag ${FLAG}=${NEW}`),
  ],
  [
    "a new picker for an old vLLM",
    together(pickerOf("v1.3.1"), vllm("v0.8.5")),
    "picker",
    misread(NEW, "vLLM v0.8.5", `add the flag ${FLAG}=${OLD}`),
  ],
  [
    "a flag for another vLLM",
    together(pickerOf("v1.1.0", FLAG, OLD)),
    "picker",
    misread(OLD, "vLLM v0.18.1", `set it to ${NEW}`, `${ARGS_PATH}[3]`),
  ],
  [
    "the same in one argument",
    together(pickerOf("v1.1.0", `${FLAG}=${OLD}`)),
    "picker",
    misread(OLD, "vLLM v0.18.1", `set it to ${NEW}`, `${ARGS_PATH}[2]`),
  ],
  [
    "quotes around the name",
    together(pickerOf("v1.3.0", `${FLAG}="${SGLANG}"`), sglang()),
    "picker",
    misread(`"${SGLANG}"`, "SGLang v0.5.6", `set it to ${SGLANG}`, `${ARGS_PATH}[2]`),
  ],
  [
    "SGLang without a flag",
    together(pickerOf("v1.3.0"), sglang({ [LABEL]: "sglang" })),
    "picker",
    misread(NEW, "SGLang v0.5.6", `add the flag ${FLAG}=${SGLANG}`),
  ],
  [
    "a vLLM without statistics",
    together(started("--port", "8000", "--disable-log-stats")),
    "server",
    silent("with --disable-log-stats vLLM v0.18.1", "remove it", `${ARGS_PATH}[2]`),
  ],
  [
    "an SGLang that reports nothing",
    together(sglang({ [LABEL]: "sglang" }, [])),
    "server",
    silent("without --enable-metrics SGLang v0.5.6", 'add "--enable-metrics"'),
  ],
  [
    "an SGLang without arguments",
    together(changed(sglang({ [LABEL]: "sglang" }, null), `${CONTAINER}.command`, ["sglang"])),
    "server",
    silent(
      "without --enable-metrics SGLang v0.5.6",
      'add "--enable-metrics"',
      "spec.template.spec.containers[0].command",
    ),
  ],
  [
    "the newest picker for an old vLLM",
    together(vllm("v0.8.5")),
    "server",
    unreported("vLLM v0.8.5", NEW, "use vLLM 0.10.2 or newer"),
  ],
  [
    "a metric of its own that is none of vLLM's",
    together(vllm("v0.8.5"), ...configured("kvUsageSpec: mine")),
    "server",
    unreported("vLLM v0.8.5", `${NEW} or mine`, "use vLLM 0.10.2 or newer"),
  ],
  [
    "SGLang without a label",
    together(sglang()),
    "server",
    unreported("SGLang v0.5.6", NEW, 'set it to "sglang"', LABEL_PATH),
  ],
  [
    "SGLang that the picker's legacy reads",
    together(sglang({ [LABEL]: "vllm" }), ...configured("featureGates: [enableLegacyMetrics]")),
    "server",
    unreported("SGLang v0.5.6", NEW, 'set it to "sglang"', LABEL_PATH),
  ],
  [
    "SGLang with a picker that does not go by labels",
    together(sglang({ [LABEL]: "sglang" }), ...configured("", "v1.4.0")),
    "server",
    unreported(
      "SGLang v0.5.6",
      NEW,
      'set it to "sglang", with an endpoint picker v1.5.0 or newer, which reads that label',
      LABEL_PATH,
    ),
  ],
  [
    "vLLM labelled as another",
    together(vllm("v0.18.1", { [LABEL]: "sglang" })),
    "server",
    unreported("vLLM v0.18.1", SGLANG, 'set it to "vllm"', LABEL_PATH),
  ],
  [
    "a flag that the picker refuses, with the right name",
    together(pickerOf("v1.4.0", `${FLAG}=${NEW}`)),
    "picker",
    `${ARGS_PATH}[2]: an endpoint picker from v1.4.0 on exits at once where ${FLAG} is set; ` +
      "remove it; name another metric in engineConfigs of its EndpointPickerConfig",
  ],
  [
    "another such flag, without any pool",
    [provider, pickerOf("v1.5.0", "--lora-info-metric", "")],
    "picker",
    `${ARGS_PATH}[2]: an endpoint picker from v1.4.0 on exits at once where --lora-info-metric ` +
      "is set; remove it; name another metric in engineConfigs of its EndpointPickerConfig",
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
});

test("judges each cluster, and each server of a pool", async () => {
  const second = { ...vllm("v0.9.1"), name: "second" };
  const other = inCluster(together(vllm("v0.8.5")), "other");
  expect(await findings([...inference, second, ...other])).toEqual([
    [
      "mandatory",
      "other-server",
      unreported("vLLM v0.8.5", NEW, "use vLLM 0.10.2 or newer").replace(
        "picker picker",
        "picker other-picker",
      ),
    ],
    ["mandatory", "second", unreported("vLLM v0.9.1", NEW, "use vLLM 0.10.2 or newer")],
  ]);
});

test("finds the pool in the namespace that the picker is told", async () => {
  const apart = changed(
    pickerOf("v1.2.1", "--pool-namespace", "llm"),
    "metadata.namespace",
    "pickers",
  );
  expect(await findings(together(apart))).toHaveLength(1);
});

test("judges the pool under a generated class's token", async () => {
  expect(await findings(together(pickerOf("v1.2.1"), asGenerated(pool)))).toHaveLength(1);
});

describe("on a first preview", () => {
  const hide = (resource: Registered, ...known: string[]): Registered => ({
    ...resource,
    inputs: unknownBut(resource.inputs, "kind", "apiVersion", "metadata.namespace", ...known),
  });
  const labels = "spec.template.metadata.labels";

  test("judges what is known, by a pool whose name is not", async () => {
    const stack = [
      provider,
      hide(vllm("v0.18.1"), labels, `${CONTAINER}.image`, `${CONTAINER}.args`),
      hide(pool, "spec.selector"),
      changed(
        hide(pickerOf("v1.2.1"), `${CONTAINER}.image`, `${CONTAINER}.args`),
        `${CONTAINER}.args.1`,
        UNKNOWN,
      ),
    ];
    expect(await findings(stack, { firstPreview: true })).toEqual([
      ["mandatory", "picker", misread(OLD, "vLLM v0.18.1", `add the flag ${FLAG}=${NEW}`)],
    ]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    ["the server's image", together(serverOf(UNKNOWN)), "server", IMAGE_PATH],
    [
      "the picker's image",
      together(changed(picker, `${CONTAINER}.image`, UNKNOWN)),
      "picker",
      IMAGE_PATH,
    ],
    ["the flag", together(pickerOf("v1.2.1", FLAG, UNKNOWN)), "picker", `${ARGS_PATH}[3]`],
    [
      "the command line",
      together(changed(picker, `${CONTAINER}.args`, UNKNOWN)),
      "picker",
      ARGS_PATH,
    ],
  ])("advises where %s is not known yet", async (_, resources, resource, path) => {
    expect(await findings(resources)).toEqual([["advisory", resource, pending(path)]]);
  });

  test("does not mind a version's sibling that is not known", async () => {
    const named = changed(picker, `${CONTAINER}.args.3`, UNKNOWN);
    expect(await findings(together(named))).toEqual([]);
  });
});

test("judges each of many", async () => {
  const many = Array.from({ length: 100 }, (_, i) => {
    const app = `llm-${i}`;
    return [
      changed(pickerOf("v1.2.1", "--pool-name", app), "metadata.name", app),
      changed(changed(pool, "metadata.name", app), "spec.selector.matchLabels.app", app),
      vllm("v0.8.5", { app }),
    ].map((each) => ({ ...each, name: `${each.name}-${i}` }));
  });
  expect(await findings([provider, ...many.flat()])).toEqual([]);
});

test.each(METRIC_FLAGS)("program and policies know that --%s is refused", (flag) => {
  expect(pickerFlagProblem(flag, "x")).toMatch(/the endpoint picker ends at once when it is set/);
});
