import { UNKNOWN } from "../support/unknown";
import { monitoringSelectsPods } from "../../pods/monitoring-selects-pods";
import { pending } from "../fixtures/messages";
import { deployment, euAndUs, object } from "../fixtures/objects";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const LABELS = "spec.selector.matchLabels";
const container = {
  image: "vllm/vllm-openai:v0.18.1",
  ports: [{ name: "http", containerPort: 8000 }],
};
const server = (inputs: object = {}) =>
  deployment("llm", { containers: [{ ...container, ...inputs }] });
const picker = deployment("picker", { containers: [{}] });
const monitoring = (endpoint: unknown = {}, selector: unknown = { matchLabels: { app: "llm" } }) =>
  object("monitoring.googleapis.com/v1:PodMonitoring", "metrics", {
    spec: {
      selector,
      endpoints:
        endpoint !== null && typeof endpoint === "object"
          ? [{ port: 8000, ...endpoint }]
          : endpoint,
    },
  });

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const stack = [...euAndUs, ...resources];
  const violations = await runPolicies(stack, { policies: [monitoringSelectsPods], ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["a port by its number", [server(), picker, monitoring({ path: "/metrics" })]],
    ["a port by its name", [server(), monitoring({ port: "http" })]],
    ["pods that another stack runs", [monitoring({ port: "web" })]],
    ["pods that declare no port", [server({ ports: null }), monitoring({ port: 9090 })]],
    ["ports that are not known yet", [server({ ports: UNKNOWN }), monitoring({ port: "web" })]],
    [
      "the path of another server",
      [server({ image: "triton:1.0.0" }), monitoring({ path: "/stats" })],
    ],
    [
      "the path of another container",
      [
        deployment("llm", { containers: [container, { name: "proxy" }] }),
        monitoring({ path: "/stats" }),
      ],
    ],
    [
      "a label that is not known yet",
      [server(), monitoring({}, { matchLabels: { app: UNKNOWN } })],
    ],
    ["no port", [server(), monitoring({ port: null })]],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "a misspelt label",
      [server(), monitoring({}, { matchLabels: { app: "lmm" } })],
      `${LABELS}: {"app":"lmm"} selects no pods, so no metrics are read; write labels that pods there ` +
        'have, such as {"app":"llm"} of llm',
    ],
    [
      "all pods",
      [server(), picker, monitoring({}, {})],
      `${LABELS}: selects all of the pods there, which are of llm, picker; write the labels of those ` +
        "that it is for",
    ],
    [
      "another port",
      [server(), monitoring({ port: 8001 })],
      "spec.endpoints[0].port: 8001 is not a port of the pods of llm; use one of theirs: 8000 " +
        "(http)",
    ],
    [
      "a misspelt port",
      [server(), monitoring({ port: "htp" })],
      'spec.endpoints[0].port: "htp" is not a port of the pods of llm; use one of theirs: 8000 ' +
        "(http)",
    ],
    [
      "another path",
      [server(), monitoring({ path: "/metric" })],
      'spec.endpoints[0].path: vLLM v0.18.1 of llm has no metrics at "/metric"; write "/metrics"',
    ],
  ])("fails %s", async (_, resources, message) => {
    expect(await findings(resources, { firstPreview })).toEqual([
      ["mandatory", "metrics", message],
    ]);
  });

  test.each([null, "a", 1])("fails %j for endpoints", async (endpoints) => {
    expect(await findings([server(), monitoring(endpoints)], { firstPreview })).toEqual([
      [
        "mandatory",
        "metrics",
        "spec.endpoints: names no port, so no metrics are read; name the port that the pods report metrics at",
      ],
    ]);
  });

  test.each([
    [LABELS, monitoring({}, { matchLabels: UNKNOWN })],
    ["spec.endpoints", monitoring(UNKNOWN)],
    ["spec.endpoints[0].port", monitoring({ port: UNKNOWN })],
    ["spec.endpoints[0].path", monitoring({ path: UNKNOWN })],
  ])("advises where %s is not known yet", async (path, resource) => {
    expect(await findings([server(), resource], { firstPreview })).toEqual([
      ["advisory", "metrics", pending(path)],
    ]);
  });

  test("fails a cluster without managed Prometheus", async () => {
    const off = euAndUs.map((resource) => {
      const monitoringConfig = { managedPrometheus: { enabled: false } };
      return resource.name === "eu" && resource.type.startsWith("gcp:")
        ? changed(resource, "monitoringConfig", monitoringConfig)
        : resource;
    });
    const options = { policies: [monitoringSelectsPods], firstPreview };
    const violations = await runPolicies([...off, server(), monitoring()], options);
    expect(violations.map(({ resource, message }) => [resource, message])).toEqual([
      [
        "eu",
        "monitoringConfig.managedPrometheus.enabled: is off, so nothing reads what PodMonitoring " +
          "metrics names; turn it on",
      ],
    ]);
    expect(await runPolicies([...off, server()], options)).toEqual([]);
  });
});
