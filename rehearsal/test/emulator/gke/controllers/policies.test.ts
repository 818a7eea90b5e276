import { attachedPolicy, policies } from "../../../../emulator/gke/controllers/policies";
import { Policy } from "../../../../emulator/gke/world/kinds";
import {
  endlessDelays,
  fleet,
  noDelays,
  object,
  pool,
  poolImport,
  statusIn,
  told,
} from "../support/world";

const TARGET = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llama" };

function policy(name = "timeouts", targetRef: object = TARGET, createdAt = "2026-01-01T00:00:00Z") {
  return object(
    "GCPBackendPolicy",
    `default/${name}`,
    { spec: { targetRef } },
    { creationTimestamp: createdAt },
  );
}

type Status = NonNullable<Policy["status"]>;

test("a policy on an import that exists is attached, after a while", () => {
  const { world, west } = fleet();
  west.put(poolImport(), policy());
  expect(policies(world, endlessDelays())).toEqual([]);
  const status = statusIn<Status>(policies(world, noDelays()));
  expect(told(status.conditions)).toEqual(["Attached=True Attached"]);
  west.put({ ...policy(), status } as never);
  expect(policies(world, endlessDelays())).toEqual([]);
  const target = { ...TARGET, namespace: "default" };
  expect(attachedPolicy(west, "GCPBackendPolicy", target)?.metadata.name).toBe("timeouts");
  expect(attachedPolicy(west, "GCPBackendPolicy", { ...target, name: "other" })).toBeUndefined();
});

test.each([
  [
    TARGET,
    "TargetNotFound: GCPInferencePoolImport default/llama not found: no member of the fleet (gke-west, gke-east) has an InferencePool default/llama",
  ],
  [
    { group: "inference.networking.k8s.io", kind: "InferencePool", name: "lama" },
    "TargetNotFound: InferencePool default/lama not found",
  ],
  [{ group: "", kind: "Service", name: "web" }, "TargetNotFound: Service default/web not found"],
  [
    { group: "apps", kind: "Deployment", name: "web" },
    'TargetNotFound: Deployment of group "apps" cannot be a target',
  ],
  [
    { ...TARGET, namespace: "models" },
    "Invalid: the target is in namespace models; a policy must be beside it",
  ],
])("a policy on %j is not attached", (target, told1) => {
  const { world, west } = fleet();
  west.put(policy("timeouts", target));
  expect(told(statusIn<Status>(policies(world, noDelays())).conditions)).toEqual([
    `Attached=False ${told1}`,
  ]);
});

test("of two policies on one target the older is in force", () => {
  const { world, west } = fleet();
  west.put(poolImport(), policy("newer", TARGET, "2026-01-02T00:00:00Z"), policy("older"));
  const conditions = policies(world, noDelays()).map((write) => {
    const { status } = write as unknown as { status: Status };
    return [write.object.metadata.name, ...told(status.conditions)];
  });
  expect(conditions).toEqual([
    [
      "newer",
      "Attached=False Conflicted: GCPBackendPolicy default/older is older and already applies to GCPInferencePoolImport llama",
    ],
    ["older", "Attached=True Attached"],
  ]);
});

test("policies of two kinds do not conflict", () => {
  const { world, west } = fleet();
  const health = object("HealthCheckPolicy", "default/health", { spec: { targetRef: TARGET } });
  west.put(poolImport(), policy(), health);
  const all = policies(world, noDelays()).flatMap((write) =>
    told((write as unknown as { status: Status }).status.conditions),
  );
  expect(all).toEqual(["Attached=True Attached", "Attached=True Attached"]);
});

test("a chart's single-cluster policy attaches to the pool in its cluster", () => {
  const { world, east } = fleet();
  const target = { group: "inference.networking.k8s.io", kind: "InferencePool", name: "llama" };
  east.put(pool(), policy("llama", target));
  expect(told(statusIn<Status>(policies(world, noDelays())).conditions)).toEqual([
    "Attached=True Attached",
  ]);
});

test("a policy whose target goes is detached", () => {
  const { world, west } = fleet();
  const conditions = [{ type: "Attached", status: "True", reason: "Attached", message: "" }];
  west.put({ ...policy(), status: { conditions } } as never);
  expect(told(statusIn<Status>(policies(world, noDelays())).conditions)[0]).toContain(
    "Attached=False TargetNotFound",
  );
});
