import { KubeObject } from "../../../../../rehearsal/kube/objects";
import { generic } from "../../../../../rehearsal/providers/kubernetes/await/generic";
import { Readiness, Verdict } from "../../../../../rehearsal/providers/kubernetes/await/readiness";
import {
  readinessOf,
  readinessOnRead,
} from "../../../../../rehearsal/providers/kubernetes/await/select";
import { service } from "../../../../../rehearsal/providers/kubernetes/await/service";
import { serviceAccountToken } from "../../../../../rehearsal/providers/kubernetes/await/serviceAccountToken";
import {
  persistentVolume,
  persistentVolumeClaim,
} from "../../../../../rehearsal/providers/kubernetes/await/storage";
import {
  daemonSet,
  job,
  pod,
  statefulSet,
} from "../../../../../rehearsal/providers/kubernetes/await/workloads";

interface World {
  spec?: object;
  status?: object;
  neighbours?: KubeObject[];
  quiet?: number;
}

function judge(readiness: Readiness, { spec, status, neighbours = [], quiet = 0 }: World): Verdict {
  const metadata = { name: "x", namespace: "n", uid: "u", generation: 1 };
  const object = { apiVersion: "v1", kind: "X", metadata, spec, status } as KubeObject;
  const related = (kind: string) => neighbours.filter((n) => n.kind === kind);
  return readiness.judge({ object, related, quietSeconds: () => quiet });
}

const waits = (status: string, reasons = [status]) => ({ is: "waiting", status, reasons });
const READY = { is: "ready" };
const truly = (...types: string[]) => types.map((type) => ({ type, status: "True" }));

describe("StatefulSet", () => {
  const SEEN = { observedGeneration: 1, replicas: 2, readyReplicas: 2 };
  const DONE = { ...SEEN, currentReplicas: 2, currentRevision: "a", updateRevision: "a" };
  const spec = { replicas: 2 };
  const notReady = (ready: number) =>
    waits(`Waiting for StatefulSet to be ready (${ready}/2 Pods ready)`, [
      `${ready} out of 2 replicas succeeded readiness checks`,
    ]);
  it.each<[World, object]>([
    [{ spec, status: DONE }, READY],
    [{ spec, status: { ...DONE, observedGeneration: 0 } }, notReady(2)],
    [{ spec, status: { ...DONE, readyReplicas: 1 } }, notReady(1)],
    [{ spec, status: { ...DONE, updateRevision: "b" } }, notReady(2)],
    [{ spec, status: { ...DONE, currentReplicas: 1 } }, notReady(2)],
    [{ spec: { ...spec, updateStrategy: { type: "OnDelete" } }, status: SEEN }, READY],
  ])("%j", (world, verdict) => {
    expect(judge(statefulSet, world)).toEqual(verdict);
  });
});

describe("DaemonSet", () => {
  const DONE = {
    observedGeneration: 1,
    desiredNumberScheduled: 2,
    currentNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
    numberReady: 2,
  };
  it.each<[World, object]>([
    [{ status: DONE }, READY],
    [{ status: { observedGeneration: 1 } }, READY],
    [{}, waits("Waiting for DaemonSet to be ready (0/0 Pods ready)")],
    [
      { status: { ...DONE, updatedNumberScheduled: 1 } },
      waits("Waiting for DaemonSet to be ready (1/2 Pods ready)"),
    ],
  ])("%j", (world, verdict) => {
    expect(judge(daemonSet, world)).toEqual(verdict);
  });
});

describe("Job", () => {
  const failed = (reason: string) => ({
    startTime: "t",
    conditions: [{ type: "Failed", status: "True", reason, message: "m" }],
  });
  const WAITS = waits("Waiting for Job to succeed");
  it.each<[World, object]>([
    [{}, waits("Waiting for Job to start")],
    [{ status: { startTime: "t" } }, WAITS],
    [{ status: { startTime: "t", conditions: truly("Complete") } }, READY],
    [
      { status: failed("BackoffLimitExceeded") },
      { is: "failed", reasons: ["[BackoffLimitExceeded] m"] },
    ],
    [{ status: failed("DeadlineExceeded") }, { is: "failed", reasons: ["[DeadlineExceeded] m"] }],
    [{ status: failed("PodFailurePolicy") }, WAITS],
  ])("%j", (world, verdict) => {
    expect(judge(job, world)).toEqual(verdict);
  });
});

describe("Pod", () => {
  it.each<[World, object]>([
    [{}, waits('Waiting for Pod "n/x" to be scheduled')],
    [
      { status: { conditions: truly("PodScheduled") } },
      waits('Waiting for Pod "n/x" to be initialized'),
    ],
    [
      { status: { conditions: truly("PodScheduled", "Initialized") } },
      waits('Waiting for Pod "n/x" to be ready'),
    ],
    [{ status: { conditions: truly("PodScheduled", "Initialized", "Ready") } }, READY],
    [{ status: { phase: "Succeeded" } }, READY],
  ])("%j", (world, verdict) => {
    expect(judge(pod, world)).toEqual(verdict);
  });
});

describe("Service", () => {
  const selector = { app: "a" };
  const endpoints = (subset: object, name = "x") => ({
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name },
    subsets: [subset],
  });
  const ADDRESS = waits(
    "Service was not allocated an IP address; does your cloud provider support this?",
  );
  const PODS = waits("Waiting for Service to target Pods that are ready", [
    "Service does not target any Pods. Selected Pods may not be ready, or field " +
      "'.spec.selector' may not match labels on any Pods",
  ]);
  it.each<[string, World, object]>([
    ["without a selector", { spec: {} }, READY],
    ["headless", { spec: { selector, clusterIP: "None" } }, READY],
    ["of an external name", { spec: { selector, type: "ExternalName" } }, READY],
    ["without an address", { spec: { type: "LoadBalancer" } }, ADDRESS],
    [
      "with an address",
      { spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "1" }] } } },
      READY,
    ],
    ["without endpoints", { spec: { selector }, quiet: 99 }, PODS],
    ["with another's endpoints", { spec: { selector }, neighbours: [endpoints({}, "y")] }, PODS],
    [
      "with unready endpoints",
      { spec: { selector }, neighbours: [endpoints({ notReadyAddresses: [{}] })], quiet: 99 },
      PODS,
    ],
    [
      "with endpoints that have just changed",
      { spec: { selector }, neighbours: [endpoints({})], quiet: 4 },
      { ...waits("Waiting for the Service's endpoints to settle"), againSeconds: 6 },
    ],
    ["that has settled", { spec: { selector }, neighbours: [endpoints({})], quiet: 10 }, READY],
  ])("%s", (_, world, verdict) => {
    expect(judge(service, world)).toEqual(verdict);
  });
});

describe("storage", () => {
  const storageClass = (volumeBindingMode: string) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "late" },
    volumeBindingMode,
  });
  const spec = { storageClassName: "late" };
  const status = { phase: "Pending" };
  const PENDING = waits("Waiting for PersistentVolumeClaim to be bound (it is Pending)");
  it.each<[Readiness, World, object]>([
    [persistentVolumeClaim, { status: { phase: "Bound" } }, READY],
    [persistentVolumeClaim, { spec, status }, PENDING],
    [
      persistentVolumeClaim,
      { spec, status, neighbours: [storageClass("WaitForFirstConsumer")] },
      READY,
    ],
    [persistentVolumeClaim, { spec, status, neighbours: [storageClass("Immediate")] }, PENDING],
    [persistentVolume, { status: { phase: "Available" } }, READY],
    [
      persistentVolume,
      { status: { phase: "Failed" } },
      waits("Waiting for PersistentVolume to be available (it is Failed)"),
    ],
  ])("%#", (readiness, world, verdict) => {
    expect(judge(readiness, world)).toEqual(verdict);
    expect(readiness.fixedTimeoutSeconds).toBe(300);
  });
});

describe("kinds without a rule of their own", () => {
  it.each<[object | undefined, object]>([
    [undefined, READY],
    [{ observedGeneration: 0 }, waits("Waiting for X to be seen by its controller")],
    [{ conditions: truly("Ready") }, READY],
    [
      { conditions: [{ type: "Ready", status: "False", reason: "R", message: "m" }] },
      waits("Ready is False: [R] m"),
    ],
    [
      { conditions: [{ type: "Stalled", status: "True", reason: "R", message: "m" }] },
      waits("Stalled is True: [R] m"),
    ],
  ])("%j", (status, verdict) => {
    expect(judge(generic, { status })).toEqual(verdict);
  });
});

describe("who is waited for", () => {
  const of = (apiVersion: string, kind: string, annotations = {}, more = {}) => ({
    ...{ apiVersion, kind, metadata: { name: "x", annotations } },
    ...more,
  });
  it.each<[string, ReturnType<typeof of>, boolean, Readiness | undefined]>([
    ["a Service", of("v1", "Service"), false, service],
    ["a custom resource", of("demo.dev/v1", "Service"), false, undefined],
    ["a custom resource, if all are", of("demo.dev/v1", "Service"), true, generic],
    ["a Secret", of("v1", "Secret"), false, undefined],
    [
      "a token",
      of("v1", "Secret", {}, { type: "kubernetes.io/service-account-token" }),
      false,
      serviceAccountToken,
    ],
    ["a Job", of("batch/v1", "Job"), false, job],
    [
      "nobody who skips",
      of("batch/v1", "Job", { "pulumi.com/skipAwait": "true" }),
      true,
      undefined,
    ],
  ])("%s", (_, inputs, all, readiness) => {
    expect(readinessOf(inputs, all)).toBe(readiness);
  });

  it("is another question for a refresh", () => {
    const claim = of("v1", "PersistentVolumeClaim") as KubeObject;
    const waiting = of("v1", "Service", { "pulumi.com/waitFor": "condition=X" });
    expect(readinessOnRead(claim, claim as never)).toBeUndefined();
    expect(readinessOnRead(waiting as KubeObject, waiting)).toBe(service);
  });
});
