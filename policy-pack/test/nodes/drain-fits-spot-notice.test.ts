import { UNKNOWN } from "../support/unknown";
import { drainFitsSpotNotice } from "../../nodes/drain-fits-spot-notice";
import { cluster, computeClass, modelServer, pool, provider } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const POOL = "cloud.google.com/gke-nodepool";
const CLASS = "cloud.google.com/compute-class";
const GRACE = "spec.template.spec.terminationGracePeriodSeconds";
const PRE_STOP = "spec.template.spec.containers[0].lifecycle.preStop";

const long = (given: string, longest = 25) =>
  `${GRACE}: ${given}, but a Spot node is gone before that; set it to ${longest} or less`;
const tooLong = long("is 130 s");
const sleeps = (given: number, notice = 15, place = "sleep.seconds") =>
  `${PRE_STOP}.${place}: sleeps ${given} s, but the pod is killed ${notice} s after a Spot ` +
  `node's notice, with all requests that it has; let it sleep less than ${notice} s, and the ` +
  "requests end in the rest";

const eu = [cluster("eu"), provider("eu")];
const spotEu = pool("gpu-eu", "eu");
const onDemandEu = changed(pool("gpu-eu", "eu"), "nodeConfig.spot");

const patient = (podSpec: object = {}) =>
  modelServer("server", "eu", { terminationGracePeriodSeconds: 130, ...podSpec });
const preStop = (hook: unknown) =>
  modelServer("server", "eu", {}, { lifecycle: { preStop: hook } });
const graced = (kubeletConfig: unknown) =>
  changed(spotEu, "nodeConfig.kubeletConfig", kubeletConfig);

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const violations = await runPolicies(resources, {
    policies: [drainFitsSpotNotice],
    firstPreview: true,
    ...options,
  });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, Registered[]]>([
  ["a short end on Spot", [...eu, spotEu, modelServer("server", "eu")]],
  ["a long end on nodes that are not Spot", [...eu, onDemandEu, patient()]],
  ["a long end in another cluster", [...eu, cluster("us"), pool("gpu-us", "us"), patient()]],
  [
    "a long end of a pod without GPUs",
    [...eu, spotEu, changed(patient(), "spec.template.spec.containers.0.resources")],
  ],
  ["a stack without GKE resources", [provider("eu"), patient()]],
  [
    "a Spot pool without GPUs",
    [...eu, pool("gpu-eu", "eu", { nodeConfig: { spot: true } }), patient()],
  ],
  [
    "a long end on a pool of another name",
    [
      ...eu,
      { ...spotEu, inputs: { ...spotEu.inputs, name: "spot" } },
      patient({ nodeSelector: { [POOL]: "dear" } }),
    ],
  ],
  ["a long end on another accelerator", [...eu, spotEu, patient(accelerator("nvidia-h100-80gb"))]],
  ["a long end of pods that ask for other nodes", [...eu, spotEu, patient(spotLabel("false"))]],
  ["a long end of another class", [...eu, spotEu, patient({ nodeSelector: { [CLASS]: "other" } })]],
  ["a long end of pods that a taint keeps off", [...eu, tainted(), patient()]],
  ["a long end where the pool gives as long", [...eu, graced(seconds(120, 0)), grace(120)]],
  ["a long end where the class gives as long", [...eu, patientClass(), inClassFor(120)]],
  ["a hook that fits", [...eu, spotEu, preStop({ sleep: { seconds: 14 } })]],
  ["a hook that only calls", [...eu, spotEu, preStop({ httpGet: { path: "/drain", port: 1 } })]],
  ["odd hooks", [...eu, spotEu, preStop({ exec: { command: "sleep 60" } })]],
  ["a patch, which says nothing of the rest", [...eu, spotEu, asPatch(patient())]],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, Registered[], string]>([
  ["a long end on Spot", [...eu, spotEu, patient()], tooLong],
  [
    "no end said",
    [...eu, spotEu, patient({ terminationGracePeriodSeconds: null })],
    long("is not set, so it is 30 s"),
  ],
  ["Spot beside others", [...eu, spotEu, { ...onDemandEu, name: "more" }, patient()], tooLong],
  ["nodes that are preemptible", [...eu, preemptible(), patient()], tooLong],
  ["a pool of that name", [...eu, named(), patient({ nodeSelector: { [POOL]: "spot" } })], tooLong],
  ["that accelerator", [...eu, spotEu, patient(accelerator("nvidia-l4"))], tooLong],
  ["a class of the pool", [...eu, ofClass(), patient(inClass())], tooLong],
  [
    "a class that makes Spot nodes",
    [...eu, computeClass("class", "eu", [{ machineFamily: "g2", spot: true }]), patient(inClass())],
    tooLong,
  ],
  ["a taint that it tolerates", [...eu, tainted(), patient(tolerating({ key: "own" }))], tooLong],
  ["a taint like any", [...eu, tainted(), patient(tolerating({ operator: "Exists" }))], tooLong],
  ["a pod that selects Spot elsewhere", [provider("eu"), patient(spotLabel("true"))], tooLong],
  [
    "a pod that selects Spot by its newer label",
    [provider("eu"), patient({ nodeSelector: { "cloud.google.com/gke-provisioning": "spot" } })],
    tooLong,
  ],
  [
    "a pod that tolerates Spot elsewhere",
    [provider("eu"), patient(tolerating({ key: "cloud.google.com/gke-spot" }))],
    tooLong,
  ],
  [
    "a longer notice that is not enough",
    [...eu, graced(seconds(120, 30)), patient()],
    long("is 130 s", 90),
  ],
  [
    "a hook as long as the notice",
    [...eu, spotEu, preStop({ sleep: { seconds: 15 } })],
    sleeps(15),
  ],
  [
    "a hook that calls sleep",
    [...eu, spotEu, preStop({ exec: { command: ["/bin/sh", "-c", "sleep 30"] } })],
    sleeps(30, 15, "exec.command"),
  ],
  [
    "a pool that gives no notice",
    [...eu, graced(seconds(0, 0)), modelServer("server", "eu")],
    sleeps(10, 0),
  ],
  [
    "the shortest notice of several",
    [
      ...eu,
      graced(seconds(120, 0)),
      { ...graced(seconds(30, 20)), name: "b" },
      modelServer("server", "eu"),
    ],
    sleeps(10, 10),
  ],
])("advises where there is %s", async (_, resources, message) => {
  expect(await findings(resources)).toEqual([["advisory", "server", message]]);
});

test("judges the workers of a LeaderWorkerSet and their leader", async () => {
  const template = { spec: { ...podSpecOf(patient()), terminationGracePeriodSeconds: 60 } };
  const set: Registered = {
    ...patient(),
    type: "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    inputs: {
      apiVersion: "leaderworkerset.x-k8s.io/v1",
      kind: "LeaderWorkerSet",
      spec: { leaderWorkerTemplate: { leaderTemplate: template, workerTemplate: template } },
    },
  };
  const found = await findings([...eu, spotEu, set]);
  expect(found.map(([, , message]) => String(message).split(":")[0])).toEqual([
    "spec.leaderWorkerTemplate.leaderTemplate.spec.terminationGracePeriodSeconds",
    "spec.leaderWorkerTemplate.workerTemplate.spec.terminationGracePeriodSeconds",
  ]);
});

describe("where a pod names its pool, whose name is not known yet", () => {
  const onPool = patient({ nodeSelector: { [POOL]: UNKNOWN } });
  const from = (name: string) => ({ ...onPool, propertyDependencies: { spec: [name] } });

  test("it takes the pool that the name comes from", async () => {
    const spot = from("gcp:container/nodePool:NodePool::gpu-eu");
    expect(await findings([...eu, spotEu, spot])).toEqual([["advisory", "server", tooLong]]);
  });

  test("it says nothing of another pool", async () => {
    const other = { ...onDemandEu, name: "other" };
    const elsewhere = from("gcp:container/nodePool:NodePool::other");
    expect(await findings([...eu, spotEu, other, elsewhere])).toEqual([]);
    expect(await findings([...eu, spotEu, onPool])).toEqual([]);
  });
});

test("judges each of two clusters", async () => {
  const us = [cluster("us"), provider("us"), changed(pool("gpu-us", "us"), "nodeConfig.spot")];
  const inUs = { ...patient(), name: "us", provider: "pulumi:providers:kubernetes::us" };
  expect(await findings([...eu, spotEu, ...us, patient(), inUs])).toEqual([
    ["advisory", "server", tooLong],
  ]);
});

test.each<[string, Registered]>([
  [GRACE, patient({ terminationGracePeriodSeconds: UNKNOWN })],
  [`${PRE_STOP}.sleep.seconds`, preStop({ sleep: { seconds: UNKNOWN } })],
])("says that %s is not known yet", async (path, server) => {
  expect(await findings([...eu, spotEu, server])).toEqual([["advisory", "server", pending(path)]]);
});

test.each<[string, Registered[]]>([
  ["whether a pool is Spot", [...eu, changed(spotEu, "nodeConfig.spot", UNKNOWN), patient()]],
  ["what notice a pool gives", [...eu, graced(UNKNOWN), grace(120)]],
  [
    "whether a container asks for GPUs",
    [...eu, spotEu, changed(patient(), "spec.template.spec.containers.0.resources", UNKNOWN)],
  ],
])("says nothing where it is not known yet %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test("takes another length", async () => {
  const config = { [drainFitsSpotNotice.name]: { longestGraceSeconds: 20 } };
  expect(await findings([...eu, spotEu, modelServer("server", "eu")], { config })).toEqual([
    ["advisory", "server", long("is 25 s", 20)],
  ]);
});

function seconds(total: number, critical: number): object {
  return {
    shutdownGracePeriodSeconds: total,
    shutdownGracePeriodCriticalPodsSeconds: critical,
  };
}

function grace(terminationGracePeriodSeconds: number): Registered {
  return patient({ terminationGracePeriodSeconds });
}

function accelerator(type: string): object {
  return { nodeSelector: { "cloud.google.com/gke-accelerator": type } };
}

function spotLabel(value: string): object {
  return { nodeSelector: { "cloud.google.com/gke-spot": value } };
}

function inClass(): object {
  return { nodeSelector: { [CLASS]: "model-server" } };
}

function patientClass(): Registered {
  const spot = computeClass("class", "eu", [{ machineFamily: "g2", spot: true }]);
  const nodeSystemConfig = { kubeletConfig: seconds(120, 0) };
  return changed(spot, "spec.priorityDefaults", { nodeSystemConfig });
}

function inClassFor(terminationGracePeriodSeconds: number): Registered {
  return patient({ ...inClass(), terminationGracePeriodSeconds });
}

function tolerating(toleration: object): object {
  return { tolerations: [toleration] };
}

function tainted(): Registered {
  return changed(spotEu, "nodeConfig.taints", [{ key: "own", effect: "NO_SCHEDULE" }]);
}

function ofClass(): Registered {
  return changed(spotEu, "nodeConfig.labels", { [CLASS]: "model-server" });
}

function named(): Registered {
  return changed(spotEu, "name", "spot");
}

function preemptible(): Registered {
  return changed(changed(spotEu, "nodeConfig.spot"), "nodeConfig.preemptible", true);
}

function asPatch(server: Registered): Registered {
  return { ...server, type: `${server.type}Patch` };
}

function podSpecOf({ inputs }: Registered): object {
  return (inputs as { spec: { template: { spec: object } } }).spec.template.spec;
}
