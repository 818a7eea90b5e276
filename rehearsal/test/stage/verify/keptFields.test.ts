import type { KubeClient } from "../../../emulator/kube/client";
import { KubeError } from "../../../emulator/kube/errors";
import type { KubeObject } from "../../../emulator/kube/objects";
import { lostFields } from "../../../stage/verify/keptFields";

const POD: KubeObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", namespace: "n" },
  spec: {
    containers: [
      { name: "a", resources: { limits: { cpu: "1000m", memory: "1024Mi" } }, args: ["-v"] },
    ],
    hostNetwork: false,
  },
};

/** @param kept what the API server has of the object */
function lost(object: KubeObject, kept: object): Promise<string[]> {
  const client = { apply: async () => object, get: async () => kept };
  const clients = new Map([["gke-west", client as unknown as KubeClient]]);
  return lostFields([{ cluster: "gke-west", object }], clients);
}

function changed(change: (pod: typeof POD) => void): KubeObject {
  const copy = structuredClone(POD);
  change(copy);
  return copy;
}

function containerOf(pod: KubeObject): Record<string, unknown> {
  const { containers } = pod.spec as { containers: Record<string, unknown>[] };
  return containers[0] ?? {};
}

test("what is kept as it was registered", async () => {
  expect(await lost(POD, POD)).toEqual([]);
});

test("what the server adds is its own, and what is empty may be left out", async () => {
  const kept = changed((pod) => {
    Object.assign(pod, { status: { phase: "Running" } });
    containerOf(pod).terminationMessagePath = "/dev/termination-log";
    delete (pod.spec as Record<string, unknown>).hostNetwork;
  });
  expect(await lost(POD, kept)).toEqual([]);
});

test("quantities are kept in another spelling", async () => {
  const kept = changed((pod) => {
    containerOf(pod).resources = { limits: { cpu: "1", memory: "1Gi" } };
  });
  expect(await lost(POD, kept)).toEqual([]);
});

test.each<[string, (pod: KubeObject) => void, string]>([
  [
    "a quantity of another size",
    (pod) => (containerOf(pod).resources = { limits: { cpu: "1", memory: "1G" } }),
    'spec.containers.0.resources.limits.memory: registered "1024Mi", kept "1G"',
  ],
  [
    "a field that was dropped",
    (pod) => delete containerOf(pod).resources,
    'spec.containers.0.resources: registered {"limits":{"cpu":"1000m","memory":"1024Mi"}}, kept nothing',
  ],
  [
    "an item that was dropped",
    (pod) => (containerOf(pod).args = []),
    'spec.containers.0.args: registered ["-v"], kept []',
  ],
  [
    "an item that was changed",
    (pod) => (containerOf(pod).args = ["-q"]),
    'spec.containers.0.args.0: registered "-v", kept "-q"',
  ],
])("%s is told", async (_, change, line) => {
  expect(await lost(POD, changed(change))).toEqual([`gke-west: Pod n/p: ${line}`]);
});

test("an item more in a list is the server's own", async () => {
  const kept = changed((pod) => (containerOf(pod).args = ["-v", "--added"]));
  expect(await lost(POD, kept)).toEqual([]);
});

describe("a secret", () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "n" },
    stringData: { token: "hf_abc" },
  };

  test("is kept as its bytes", async () => {
    const kept = { ...secret, stringData: undefined, data: { token: "aGZfYWJj" } };
    expect(await lost(secret, kept)).toEqual([]);
  });

  test("of another value is told without either", async () => {
    expect(await lost(secret, { ...secret, data: { token: "b3RoZXI=" } })).toEqual([
      "gke-west: Secret n/s: data.token: registered a value, kept a value",
    ]);
  });
});

test("what strict validation refuses is told in the server's words", async () => {
  const message = 'strict decoding error: unknown field "spec.hostNetwrk"';
  const refusal = new KubeError({ code: 400, reason: "BadRequest", message });
  const client = { apply: () => Promise.reject(refusal) } as unknown as KubeClient;
  const clients = new Map([["gke-west", client]]);
  expect(await lostFields([{ cluster: "gke-west", object: POD }], clients)).toEqual([
    `gke-west: Pod n/p: strict validation: ${message}`,
  ]);
});

test("an object in a cluster that is none of the cloud's", async () => {
  const asked = lostFields([{ cluster: "gke-east", object: POD }], new Map());
  await expect(asked).rejects.toThrow("unknown cluster gke-east of the emulated cloud");
});
