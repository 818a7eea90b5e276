import { UNKNOWN } from "../support/unknown";
import { pickerReachable } from "../../picker/picker-reachable";
import {
  inCluster,
  inference,
  kubernetesProvider,
  picker,
  pool,
  replaced,
} from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const CLUSTER = "gcp:container/cluster:Cluster";
const CONTAINER = "spec.template.spec.containers.0";
const REF = "spec.endpointPickerRef";
const SELECTOR = "spec.selector";
const TARGET = "spec.ports[0].targetPort";
const none = "no pods of this stack, and the gateway reaches no endpoint picker";
const labels = 'use labels of the endpoint picker picker: {"inferencepool":"llm-epp"}';

const service: Registered = {
  type: "kubernetes:core/v1:Service",
  name: "picker-service",
  provider: "pulumi:providers:kubernetes::gke",
  inputs: {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "llm-epp", namespace: "llm" },
    spec: { selector: { inferencepool: "llm-epp" }, ports: [{ port: 9002 }, { port: 9090 }] },
  },
};
const good = [...inference, service];
const together = (...changes: Registered[]) => replaced(good, ...changes);
const without = (...names: string[]) => good.filter(({ name }) => !names.includes(name));
const portOf = (port: object) => changed(service, "spec.ports.0", port);
const listening = (...args: unknown[]) => {
  const ports = [
    { name: "grpc", containerPort: 9002 },
    { name: "grpc-health", containerPort: 9003 },
  ];
  const pods = changed(picker, `${CONTAINER}.ports`, ports);
  return changed(pods, `${CONTAINER}.args`, ["--pool-name", "llm", ...args]);
};

const findings = findingsOf(pickerReachable);

test.each<[string, readonly Registered[]]>([
  ["the good stack", good],
  ["two clusters", [...good, ...inCluster(good, "other")]],
  ["no provider and no GKE resource", good.slice(1).map(({ provider: _, ...rest }) => rest)],
  ["a port by its name", together(portOf({ port: 9002, targetPort: "grpc" }), listening())],
  ["a port by another name", together(portOf({ port: 9002, targetPort: 9002 }))],
  [
    "a port that the picker is told",
    together(portOf({ port: 9002, targetPort: 9100 }), listening("--grpc-port", "9100")),
  ],
  [
    "a container in front of the picker",
    together(
      portOf({ port: 9002, targetPort: "front" }),
      changed(picker, "spec.template.spec.initContainers", [
        { name: "front", restartPolicy: "Always", ports: [{ name: "front", containerPort: 80 }] },
      ]),
    ),
  ],
  ["a pool without a reference", together(changed(pool, REF))],
  ["a reference to something else", together(changed(pool, REF, { kind: "Picker", name: "x" }))],
  ["of a group of its own", together(changed(pool, REF, { group: "x.io", name: "x" }))],
  ["no port", together(changed(pool, `${REF}.port`))],
  ["a picker that another stack runs", without("picker", "picker-service")],
  [
    "an alpha",
    together(
      changed(changed(pool, "spec.extensionRef", { name: "llm-epp", portNumber: 9002 }), REF),
    ),
  ],
  [
    "a picker of another make",
    together(
      changed(changed(picker, `${CONTAINER}.image`, "mine"), `${CONTAINER}.args`, ["--pool"]),
    ),
  ],
  ["no spec", together(changed(pool, "spec"))],
  ["an odd spec", together(changed(pool, "spec", []))],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "a misspelt name",
    together(changed(pool, `${REF}.name`, "lm-ep")),
    "pool",
    `${REF}.name: "lm-ep" is not the name of a Service in namespace llm of the cluster of gke; ` +
      "did you mean llm-epp?",
  ],
  [
    "no name",
    together(changed(pool, `${REF}.name`)),
    "pool",
    `${REF}.name: is not set, so it names no Service in namespace llm of the cluster of gke; ` +
      "create the endpoint picker's there",
  ],
  [
    "no Service",
    without("picker-service"),
    "pool",
    `${REF}.name: "llm-epp" is not the name of a Service in namespace llm of the cluster of gke; ` +
      "create the endpoint picker's there",
  ],
  [
    "a Service in another namespace",
    together(changed(service, "metadata.namespace", "other")),
    "pool",
    `${REF}.name: "llm-epp" is not the name of a Service in namespace llm of the cluster of gke; ` +
      "create the endpoint picker's there",
  ],
  [
    "another port",
    together(changed(pool, `${REF}.port.number`, 9001)),
    "pool",
    `${REF}.port.number: 9001 is not a port of the Service picker-service, which has 9002 and ` +
      "9090; name the port that leads to the endpoint picker",
  ],
  [
    "a Service without ports",
    together(changed(service, "spec.ports")),
    "pool",
    `${REF}.port.number: 9002 is not a port of the Service picker-service, which has none; name ` +
      "the port that leads to the endpoint picker",
  ],
  [
    "no selector",
    together(changed(service, SELECTOR)),
    "picker-service",
    `${SELECTOR}: is not set, so it selects ${none}; ${labels}`,
  ],
  [
    "another selector",
    together(changed(service, SELECTOR, { inferencepool: "llm" })),
    "picker-service",
    `${SELECTOR}: {"inferencepool":"llm"} selects ${none}; ${labels}`,
  ],
  [
    "no picker",
    without("picker"),
    "picker-service",
    `${SELECTOR}: {"inferencepool":"llm-epp"} selects ${none}; ` +
      "use the labels of the endpoint picker's pods",
  ],
  [
    "the model servers' labels",
    together(changed(service, SELECTOR, { app: "llm" })),
    "picker-service",
    `${SELECTOR}: {"app":"llm"} selects the pods of server, and no endpoint picker's; ${labels}`,
  ],
  [
    "a port where nobody listens",
    together(portOf({ port: 9002, targetPort: 8080 })),
    "picker-service",
    `${TARGET}: 8080 is not a port at which the endpoint picker picker listens; set targetPort ` +
      "to 9002",
  ],
  [
    "the port for health checks",
    together(portOf({ port: 9002, targetPort: "grpc-health" }), listening()),
    "picker-service",
    `${TARGET}: "grpc-health" is not a port at which the endpoint picker picker listens; set ` +
      "targetPort to 9002",
  ],
  [
    "a picker that listens elsewhere",
    together(listening("--grpc-port=9100")),
    "picker-service",
    "spec.ports[0].port: 9002 is not a port at which the endpoint picker picker listens; set " +
      "targetPort to 9100",
  ],
  [
    "a generated class",
    together(asGenerated(changed(pool, `${REF}.name`, "lm-ep"))),
    "pool",
    `${REF}.name: "lm-ep" is not the name of a Service in namespace llm of the cluster of gke; ` +
      "did you mean llm-epp?",
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
});

test("advises against an endpoint picker that is switched off", async () => {
  expect(await findings(together(changed(picker, "spec.replicas", 0)))).toEqual([
    [
      "advisory",
      "picker",
      "spec.replicas: is 0, so nothing chooses a model server for InferencePool pool; " +
        "run at least one",
    ],
  ]);
});

test("judges each cluster by itself", async () => {
  const other = inCluster(good, "other").filter(({ name }) => name !== "other-picker-service");
  expect(await findings([...good, ...other])).toEqual([
    [
      "mandatory",
      "other-pool",
      `${REF}.name: "llm-epp" is not the name of a Service in namespace llm of the cluster of ` +
        "other; create the endpoint picker's there",
    ],
  ]);
});

describe("on a first preview", () => {
  const hidden = (resource: Registered, ...paths: string[]) =>
    paths.reduce((each, path) => changed(each, path, UNKNOWN), resource);
  const from = (resource: Registered, property: string, ...sources: string[]) => ({
    ...resource,
    propertyDependencies: { [property]: sources },
  });
  const preview = (...changes: Registered[]) => findings(together(...changes));
  const SERVICE = "kubernetes:core/v1:Service::picker-service";

  test("knows the cluster by where its provider comes from", async () => {
    const cluster = { type: CLUSTER, name: "gke-cluster", inputs: { name: "x" } };
    const provider = from(
      hidden(kubernetesProvider("gke"), "kubeconfig", "clusterIdentifier"),
      "kubeconfig",
      `${CLUSTER}::gke-cluster`,
    );
    const stack = [cluster, ...together(provider, changed(pool, `${REF}.name`, "x"))];
    expect(await findings(stack, { firstPreview: true })).toEqual([
      [
        "mandatory",
        "pool",
        `${REF}.name: "x" is not the name of a Service in namespace llm of cluster gke-cluster; ` +
          "create the endpoint picker's there",
      ],
    ]);
  });

  test("follows a name that Pulumi gives, also once it is known", async () => {
    const nameless = changed(service, "metadata", { namespace: "llm" });
    const named = (name: unknown) => from(changed(pool, `${REF}.name`, name), "spec", SERVICE);
    expect(await preview(nameless, named(UNKNOWN))).toEqual([]);
    expect(await preview(nameless, named("picker-service-1a2b"))).toEqual([]);
  });

  test.each<[string, Registered, string, string]>([
    ["the reference", hidden(pool, REF), "pool", `${REF}.name`],
    ["the reference's name", hidden(pool, `${REF}.name`), "pool", `${REF}.name`],
    ["the reference's port", hidden(pool, `${REF}.port.number`), "pool", `${REF}.port.number`],
    ["the Service's name", hidden(service, "metadata.name"), "pool", `${REF}.name`],
    ["the selector", hidden(service, SELECTOR), "picker-service", SELECTOR],
    ["the Service's ports", hidden(service, "spec.ports"), "picker-service", "spec.ports"],
    [
      "where a port leads",
      portOf({ port: 9002, targetPort: UNKNOWN }),
      "picker-service",
      "spec.ports[0].targetPort",
    ],
  ])("advises where %s is not known yet", async (_, resource, name, path) => {
    expect(await preview(resource)).toEqual([["advisory", name, pending(path)]]);
  });

  test("advises where the labels or the ports of the pods are not known yet", async () => {
    const path = "spec.template.metadata.labels";
    const away = changed(service, SELECTOR, { other: "label" });
    expect(await preview(hidden(picker, path), away)).toEqual([
      ["advisory", "picker", pending(path)],
    ]);
    const named = portOf({ port: 9002, targetPort: "x" });
    expect(await preview(hidden(listening(), `${CONTAINER}.ports`), named)).toEqual([
      ["advisory", "picker", pending("spec.template.spec.containers[0].ports")],
    ]);
  });

  test("judges the rest where a sibling is not known yet", async () => {
    const port = changed(hidden(pool, `${REF}.name`), `${REF}.port.number`, 1);
    const named = { ...port, propertyDependencies: { spec: [SERVICE] } };
    expect(await preview(named)).toHaveLength(1);
    expect(await preview(hidden(changed(service, SELECTOR), "metadata.labels"))).toHaveLength(1);
  });
});
