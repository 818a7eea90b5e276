import { fits, isAllowedOn, requestsOf, roomOf, without } from "../../../../emulator/gke/nodes/fit";
import { clusterSpec, nodePool, object } from "../support/world";

const spec = clusterSpec("gke-east", "us-east4");
const gpu = nodePool(spec, { taints: [{ key: "team", value: "a", effect: "NoExecute" }] });
const at = { zone: "us-east4-a", index: 0 };

function pod(fields: object) {
  return object("Pod", "default/p", { spec: { containers: [], ...fields } });
}

test("a pod asks for what its containers and sidecars ask for, and for its place", () => {
  const container = (requests: object, more: object = {}) => ({ resources: { requests }, ...more });
  const asking = pod({
    initContainers: [
      container({ cpu: "100m" }, { restartPolicy: "Always" }),
      container({ cpu: "64" }),
    ],
    containers: [container({ cpu: "4", memory: "8Gi" }), container({ cpu: "0.5" }), {}],
  });
  expect(requestsOf(asking)).toEqual({ pods: 1, cpu: 4.6, memory: 8 * 2 ** 30 });
});

test("a new node has what GKE leaves of it", () => {
  const { cpu, ...others } = roomOf(gpu);
  expect(cpu).toBeCloseTo(51.8);
  expect(others).toMatchObject({ "nvidia.com/gpu": 2, pods: 110 });
});

test("what is not there is not enough", () => {
  expect(fits({ cpu: 1 }, { cpu: 1 })).toBe(true);
  expect(fits({ cpu: 1.1 }, { cpu: 1 })).toBe(false);
  expect(fits({ "nvidia.com/gpu": 1 }, { cpu: 1 })).toBe(false);
  expect(without({ cpu: 4, memory: 8 }, { cpu: 1, pods: 1 })).toEqual({ cpu: 3, memory: 8 });
});

test.each([
  [{ key: "team", operator: "Equal", value: "a", effect: "NoExecute" }, true],
  [{ key: "team", value: "a" }, true],
  [{ key: "team", operator: "Exists" }, true],
  [{ operator: "Exists" }, true],
  [{ key: "team", value: "b" }, false],
  [{ key: "team", value: "a", effect: "NoSchedule" }, false],
  [{ key: "other", operator: "Exists" }, false],
  [{ operator: "Equal" }, false],
])("a taint is tolerated by %j: %s", (toleration, expected) => {
  expect(isAllowedOn(pod({ tolerations: [toleration] }), gpu, [gpu], at)).toBe(expected);
});

test("a taint that only prefers other pods keeps none away", () => {
  const soft = nodePool(spec, { taints: [{ key: "a", value: "", effect: "PreferNoSchedule" }] });
  expect(isAllowedOn(pod({}), soft, [soft], at)).toBe(true);
});

test.each([
  [{ "cloud.google.com/gke-spot": "true" }, true],
  [{ "cloud.google.com/gke-spot": "false" }, false],
  [{ "topology.kubernetes.io/zone": "us-east4-b" }, false],
])("a node selector is met by the node's labels: %j: %s", (nodeSelector, expected) => {
  const tolerations = [{ operator: "Exists" }];
  expect(isAllowedOn(pod({ nodeSelector, tolerations }), gpu, [gpu], at)).toBe(expected);
});
