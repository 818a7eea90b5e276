import { Kubelet } from "../../../../emulator/gke/kubelet/kubelet";
import { Pod } from "../../../../emulator/gke/world/kinds";
import { KubeClient } from "../../../../emulator/kube/client";
import { KubeError } from "../../../../emulator/kube/errors";
import { KubeObject } from "../../../../emulator/kube/objects";
import { clusterSpec, FakeCloud, FakeCluster, object } from "../support/world";

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

const NODE = object("Node", "n1", { spec: { podCIDR: "10.4.0.0/29" } });

function pod(name: string, metadata: object = {}, spec: object = {}): Pod {
  const containers = [{ name: "main", image: "busybox" }];
  return object(
    "Pod",
    `default/${name}`,
    { spec: { nodeName: "n1", containers, ...spec }, status: { phase: "Pending" } },
    { uid: name, ...metadata },
  );
}

/** A cluster whose API server writes at once what it is asked, and its kubelet. */
function running(timeScale: number, ...objects: KubeObject[]) {
  const cluster = new FakeCluster(clusterSpec("c", "us-east4"), [NODE, ...objects]);
  const events: KubeObject[] = [];
  const deleted: unknown[][] = [];
  const client = {
    patch: async (target: Pod, body: { metadata: { uid: string }; status: object }) => {
      const found = cluster.get("Pod", "default", target.metadata.name);
      if (found?.metadata.uid !== body.metadata.uid) throw conflict;
      cluster.put({ ...found, status: { ...found.status, ...body.status } });
      kubelet.trigger();
    },
    create: async (event: KubeObject) => events.push(event),
    delete: async (ref: { name: string }, options: object) => {
      deleted.push([ref.name, options]);
      cluster.objects.splice(0, cluster.objects.length, NODE);
    },
  };
  const cloud = new FakeCloud();
  const kubelet = new Kubelet({
    cluster,
    client: client as unknown as KubeClient,
    cloud,
    timeScale: () => timeScale,
    podTimeScale: () => timeScale,
  });
  kubelet.trigger();
  return { cluster, cloud, events, deleted, kubelet };
}

const conflict = new KubeError({ code: 409, reason: "Conflict", message: "uid" });

test("pods of a node get addresses of their own from its range", async () => {
  const { cluster } = running(0, pod("a"), pod("b"), pod("c"));
  await jest.advanceTimersByTimeAsync(2000);
  const found = cluster.list("Pod").map(({ status }) => `${status?.phase} ${status?.podIP}`);
  expect(found).toEqual(["Running 10.4.0.2", "Running 10.4.0.3", "Running 10.4.0.4"]);
});

test("an address that an earlier daemon gave is taken, and one of a pod that went is free", async () => {
  const old = pod("old");
  old.status = { phase: "Running", startTime: "x", podIP: "10.4.0.2" };
  const { cluster, kubelet } = running(0, old, pod("new"));
  await jest.advanceTimersByTimeAsync(2000);
  expect(cluster.get("Pod", "default", "new")?.status?.podIP).toBe("10.4.0.3");
  cluster.objects.splice(0, cluster.objects.length, NODE, pod("next"));
  kubelet.trigger();
  await jest.advanceTimersByTimeAsync(2000);
  expect(cluster.get("Pod", "default", "next")?.status?.podIP).toBe("10.4.0.2");
});

test("a pod without a node, or on one that is gone, is left alone", async () => {
  const unbound = pod("unbound", {}, { nodeName: undefined });
  const { cluster } = running(0, unbound, pod("lost", {}, { nodeName: "gone" }));
  await jest.advanceTimersByTimeAsync(2000);
  expect(cluster.list("Pod").map((p) => p.status)).toEqual([
    { phase: "Pending" },
    { phase: "Pending" },
  ]);
});

test("why a pod does not start is written as an event, once", async () => {
  const volumes = [{ name: "v", secret: { secretName: "x" } }];
  const { events, kubelet } = running(0, pod("a", {}, { volumes }));
  await jest.advanceTimersByTimeAsync(2000);
  kubelet.trigger();
  await jest.advanceTimersByTimeAsync(2000);
  expect(events).toMatchObject([
    {
      kind: "Event",
      reason: "FailedMount",
      type: "Warning",
      message: 'MountVolume.SetUp failed for volume "v" : secret "x" not found',
      involvedObject: { kind: "Pod", name: "a", namespace: "default", uid: "a" },
      source: { component: "kubelet", host: "n1" },
    },
  ]);
});

test("a pod whose bucket has no grant yet waits, says why, and starts when it has one", async () => {
  const volume = { driver: "gcsfuse.csi.storage.gke.io", volumeAttributes: { bucketName: "b" } };
  const metadata = { annotations: { "gke-gcsfuse/volumes": "true" } };
  const spec = { serviceAccountName: "models", volumes: [{ name: "v", csi: volume }] };
  const { cloud, cluster, events, kubelet } = running(0, pod("a", metadata, spec));
  cloud.buckets.add("b");
  await jest.advanceTimersByTimeAsync(2000);
  const phase = () => cluster.get("Pod", "default", "a")?.status?.phase;
  expect([phase(), events.map(({ reason }) => reason)]).toEqual(["Pending", ["FailedMount"]]);
  expect(String(events[0]?.message)).toContain("code = PermissionDenied");
  cloud.grants.add("b roles/storage.objectUser serviceAccount:demo.svc.id.goog[default/models]");
  kubelet.trigger();
  await jest.advanceTimersByTimeAsync(2000);
  expect(phase()).toBe("Running");
});

const GOING = { deletionTimestamp: "2026-01-01T00:00:00Z", deletionGracePeriodSeconds: 130 };

function sleeping(seconds: number): object {
  const lifecycle = { preStop: { sleep: { seconds } } };
  return { containers: [{ name: "main", image: "x", lifecycle }] };
}

test.each([
  ["after its preStop hook", 30, GOING, 32_000],
  ["after its grace period if that is shorter", 300, GOING, 130_000],
  ["at once if it has no grace", 30, { ...GOING, deletionGracePeriodSeconds: 0 }, 0],
])("a pod that is deleted goes %s", async (_when, hook, metadata, expected) => {
  const { deleted } = running(1, pod("a", metadata, sleeping(hook)));
  await jest.advanceTimersByTimeAsync(Math.max(0, expected - 100));
  expect(deleted).toEqual([]);
  await jest.advanceTimersByTimeAsync(500);
  expect(deleted).toEqual([["a", { gracePeriodSeconds: 0, preconditions: { uid: "a" } }]]);
});

test("a pod that a finalizer guards has ended before it is deleted", async () => {
  const guarded = pod("a", { ...GOING, finalizers: ["batch.kubernetes.io/job-tracking"] });
  const { cluster, deleted, kubelet } = running(0, guarded);
  let ended: string | undefined;
  const put = cluster.put.bind(cluster);
  cluster.put = (...objects) => {
    ended = (objects[0] as Pod).status?.phase;
    return put(...objects);
  };
  await jest.advanceTimersByTimeAsync(2000);
  expect([ended, deleted.length]).toEqual(["Failed", 1]);
  await kubelet.stop();
});
