import { pickerFlagProblem } from "../../../checks/pickerFlags";
import { UNKNOWN } from "../support/unknown";
import { KNOWN_FLAGS } from "../../picker/knownFlags";
import { pickerServesPool } from "../../picker/picker-serves-pool";
import {
  inCluster,
  inference,
  picker as bare,
  pickerConfig,
  pool,
  replaced,
} from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const ARGS = "spec.template.spec.containers[0].args";
const VOLUMES = "spec.template.spec.volumes";
const OWN = { name: "NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } };
const LLM_D = "ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0";

const picker = changed(bare, `${CONTAINER}.env`, [OWN]);
const good = replaced(inference, picker);
const together = (...changes: Registered[]) => replaced(good, ...changes);
const started = (...args: unknown[]) => changed(picker, `${CONTAINER}.args`, args);
const told = (...args: unknown[]) => started("--pool-name", ...args);
const configured = (path: string, value?: unknown) => changed(picker, path, value);
const withFile = (file: unknown) => told("llm", "--config-file", file);

const service: Registered = {
  type: "kubernetes:core/v1:Service",
  name: "picker-service",
  provider: "pulumi:providers:kubernetes::gke",
  inputs: {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "llm-epp", namespace: "llm" },
    spec: { selector: { inferencepool: "llm-epp" }, ports: [{ port: 9002 }] },
  },
};
const second = { ...changed(pool, "metadata.name", "second"), name: "second" };

const findings = findingsOf(pickerServesPool);

test("knows the flags that the program knows", () => {
  const strange = KNOWN_FLAGS.filter((flag) => {
    return pickerFlagProblem(flag, "?")?.startsWith("one of these flags") === true;
  });
  expect(strange).toEqual([]);
  const listed = pickerFlagProblem("none", "")?.split("there are ")[1]?.split(", ") ?? [];
  expect(KNOWN_FLAGS).toEqual(expect.arrayContaining(listed));
});

test.each<[string, readonly Registered[]]>([
  ["the good stack", good],
  ["two clusters", [...good, ...inCluster(good, "other")]],
  ["the pool's own Service", [...good, service]],
  ["a pool without a Service", [...good, second]],
  ["a namespace that it is told", together(changed(bare, `${CONTAINER}.args`, toldOf("llm")))],
  [
    "one that its variable tells",
    together(configured(`${CONTAINER}.env`, [{ name: "NAMESPACE", value: "llm" }])),
  ],
  ["variables from elsewhere", together(changed(bare, `${CONTAINER}.envFrom`, [{}]))],
  ["a variable in an argument", together(told("$(POOL)", "--pool-namespace=$(NAMESPACE)"))],
  ["labels in place of a pool", together(started("--endpoint-selector=app=llm"))],
  [
    "a script",
    together(configured(`${CONTAINER}.command`, ["sh", "-c", "/epp --pool-name llm"])).map((each) =>
      each.name === "picker" ? changed(each, `${CONTAINER}.args`) : each,
    ),
  ],
  [
    "a picker of llm-d with flags of its own",
    together(changed(started("--plugins", "x"), `${CONTAINER}.image`, LLM_D)),
  ],
  ["pools of another stack", good.filter(({ name }) => name !== "pool")],
  ["a flag of a version that is not known", together(versioned("v1.3.0", "--own"))],
  ["a branch's image", together(versioned("main", "--own"))],
  ["no configuration", together(told("llm"))],
  ["a configuration as text", together(told("llm", "--config-text", "plugins: []"))],
  ["a ConfigMap of another stack", good.filter(({ name }) => name !== "picker-config")],
  ["a volume of another kind", together(configured(VOLUMES, [{ name: "plugins", secret: {} }]))],
  [
    "a file by its key",
    together(
      configured(`${VOLUMES}.0.configMap.items`, [{ key: "mine", path: "plugins.yaml" }]),
      changed(pickerConfig, "data", { mine: "kind: EndpointPickerConfig" }),
    ),
  ],
  [
    "a file alone",
    together(
      configured(`${CONTAINER}.volumeMounts`, [
        { name: "plugins", mountPath: "/config/plugins.yaml", subPath: "plugins.yaml" },
      ]),
    ),
  ],
  [
    "a file that may be missing",
    together(
      configured(`${VOLUMES}.0.configMap.optional`, true),
      changed(pickerConfig, "data", {}),
    ),
  ],
  ["a patch", together({ ...told("x"), type: "kubernetes:apps/v1:DeploymentPatch" })],
  ["no containers", together(configured("spec.template"))],
  ["no provider and no GKE resource", good.slice(1).map(({ provider: _, ...rest }) => rest)],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

const here = "namespace llm of the cluster of gke";

test.each<[string, readonly Registered[], string, string]>([
  [
    "another pool",
    together(told("lm")),
    "picker",
    `${ARGS}[1]: no InferencePool "lm" is in ${here}; did you mean llm?`,
  ],
  [
    "another pool in one argument",
    together(started("--pool-name=other")),
    "picker",
    `${ARGS}[0]: no InferencePool "other" is in ${here}; name one of these: llm/llm`,
  ],
  [
    "another namespace",
    together(told("llm", "--pool-namespace", "other")),
    "picker",
    `${ARGS}[3]: no InferencePool "llm" is in namespace other of the cluster of gke; ` +
      "set --pool-namespace to llm",
  ],
  [
    "no namespace at all",
    together(bare),
    "picker",
    `${ARGS}[1]: no InferencePool "llm" is in namespace default of the cluster of gke; ` +
      "set --pool-namespace to llm",
  ],
  [
    "a variable with another",
    together(configured(`${CONTAINER}.env`, [{ name: "NAMESPACE", value: "x" }])),
    "picker",
    "spec.template.spec.containers[0].env[0].value: " +
      'no InferencePool "llm" is in namespace x of the cluster of gke; set --pool-namespace to llm',
  ],
  [
    "no pool's name",
    together(started("--v", "1")),
    "picker",
    `${ARGS}: has no --pool-name, without which the endpoint picker exits at once; add the flag ` +
      "with the InferencePool's name",
  ],
  [
    "no arguments",
    together(configured(`${CONTAINER}.args`)),
    "picker",
    `${ARGS}: has no --pool-name, without which the endpoint picker exits at once; add the flag ` +
      "with the InferencePool's name",
  ],
  [
    "a flag without its value",
    together(started("--pool-name", "--v", "1")),
    "picker",
    `${ARGS}[0]: --pool-name has no value; write it behind the flag`,
  ],
  [
    "a misspelt flag",
    together(told("llm", "--poolnamespace", "llm")),
    "picker",
    `${ARGS}[2]: an endpoint picker v1.5.0 has no flag --poolnamespace and exits at once; did ` +
      "you mean --pool-namespace?",
  ],
  [
    "a flag of something else",
    together(told("llm", "--replicas=2")),
    "picker",
    `${ARGS}[2]: an endpoint picker v1.5.0 has no flag --replicas and exits at once; remove it`,
  ],
  [
    "another group",
    together(told("llm", "--pool-group", "networking.gke.io")),
    "picker",
    `${ARGS}[3]: "networking.gke.io" is not an API group of InferencePools; set it to ` +
      "inference.networking.k8s.io",
  ],
  [
    "a pool whose Service leads to another's picker",
    [...good, service, second],
    "second",
    'spec.endpointPickerRef.name: "llm-epp" leads to the endpoint picker picker, ' +
      "which routes for the InferencePool pool; " +
      "give each InferencePool an endpoint picker and a Service of its own",
  ],
  [
    "a file that is not mounted",
    together(withFile("/etc/plugins.yaml")),
    "picker",
    `${ARGS}[3]: /etc/plugins.yaml is in no volume of the container, and the endpoint picker ` +
      "exits at once; mount the ConfigMap that has the file there",
  ],
  [
    "no mounts",
    together(configured(`${CONTAINER}.volumeMounts`)),
    "picker",
    `${ARGS}[3]: /config/plugins.yaml is in no volume of the container, and the endpoint picker ` +
      "exits at once; mount the ConfigMap that has the file there",
  ],
  [
    "a volume of nothing",
    together(configured(VOLUMES, [{ name: "plugins" }])),
    "picker",
    `${VOLUMES}[0]: is an empty folder, in which the endpoint picker looks for ` +
      "/config/plugins.yaml; name the ConfigMap that has the file",
  ],
  [
    "a file that is not there",
    together(withFile("/config/plugin.yaml")),
    "picker",
    `${ARGS}[3]: plugin.yaml is not a file of the ConfigMap picker-config, which has ` +
      "plugins.yaml; did you mean plugins.yaml?",
  ],
  [
    "an empty ConfigMap",
    together(changed(pickerConfig, "data")),
    "picker",
    `${ARGS}[3]: plugins.yaml is not a file of the ConfigMap picker-config, which has none; add ` +
      "it there",
  ],
  [
    "a file of another kind",
    together(changed(pickerConfig, "data", { "plugins.yaml": "kind: Deployment" })),
    "picker-config",
    'data["plugins.yaml"]: is not an EndpointPickerConfig, so the endpoint picker picker exits at once' +
      "; write one of kind EndpointPickerConfig",
  ],
])("fails %s", async (_, resources, resource, message) => {
  const all = [["mandatory", resource, message]];
  expect(await findings(resources)).toEqual(all);
  expect(await findings(resources.map(asGenerated))).toEqual(all);
});

test("judges each cluster by itself", async () => {
  const other = inCluster(good, "other").filter(({ name }) => name !== "other-pool");
  expect(await findings([...good, ...other])).toEqual([
    [
      "mandatory",
      "other-picker",
      `${ARGS}[1]: no InferencePool "llm" is in namespace llm of the cluster of other; ` +
        "create the InferencePool there",
    ],
  ]);
});

describe("on a first preview", () => {
  const from = (resource: Registered, ...sources: string[]) => ({
    ...resource,
    propertyDependencies: { spec: sources },
  });

  test("follows a name that is not known yet to its pool", async () => {
    const named = from(told(UNKNOWN), `${pool.type}::pool`);
    expect(await findings(together(named, changed(pool, "metadata.name", UNKNOWN)))).toEqual([]);
    expect(await findings(together(named))).toEqual([]);
  });

  test("judges what is known beside what is not", async () => {
    const hidden = changed(told("lm", "--v", UNKNOWN), "metadata.labels", UNKNOWN);
    expect(await findings(together(changed(hidden, VOLUMES, UNKNOWN)))).toHaveLength(1);
  });

  test.each<[string, Registered, string, string]>([
    ["the arguments", configured(`${CONTAINER}.args`, UNKNOWN), "picker", ARGS],
    ["the command", configured(`${CONTAINER}.command`, UNKNOWN), "picker", commandPath()],
    ["the pool's name", told(UNKNOWN), "picker", `${ARGS}[1]`],
    ["an argument", started(UNKNOWN, "llm"), "picker", `${ARGS}[0]`],
    ["the namespace", told("llm", "--pool-namespace", UNKNOWN), "picker", `${ARGS}[3]`],
    ["the file", withFile(UNKNOWN), "picker", `${ARGS}[3]`],
    ["the volumes", configured(VOLUMES, UNKNOWN), "picker", VOLUMES],
    ["the ConfigMap's data", changed(pickerConfig, "data", UNKNOWN), "picker-config", "data"],
    [
      "the ConfigMap's file",
      changed(pickerConfig, "data", { "plugins.yaml": UNKNOWN }),
      "picker-config",
      'data["plugins.yaml"]',
    ],
  ])("advises where %s is not known yet", async (_, resource, name, path) => {
    expect(await findings(together(resource))).toEqual([["advisory", name, pending(path)]]);
  });
});

function toldOf(namespace: string): string[] {
  return ["--pool-name", "llm", "--pool-namespace", namespace];
}

function versioned(version: string, ...flags: string[]): Registered {
  const image = `registry.k8s.io/gateway-api-inference-extension/epp:${version}`;
  return changed(told("llm", ...flags), `${CONTAINER}.image`, image);
}

function commandPath(): string {
  return "spec.template.spec.containers[0].command";
}
