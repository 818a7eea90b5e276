import { P99_ANNOTATION as PROGRAMS_P99_ANNOTATION } from "../../components/backendPolicy";
import { EXPORT_ANNOTATION as PROGRAMS_EXPORT } from "../../components/chart/pool";
import { EXPORT_ANNOTATION, P99_ANNOTATION } from "../../policy-pack/support/names";
import { type Registered, runPolicies } from "../support/policies";
import { synthesize } from "../support/program";
import { changed } from "./fixtures/stack";

const BACKEND_POLICY = "kubernetes:networking.gke.io/v1:GCPBackendPolicy";
const POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";

/** For each policy a change to the program's resource that no other policy minds. */
const breaks: [string, string, (resource: Registered) => Registered[]][] = [
  [
    "backend-policy-fields",
    BACKEND_POLICY,
    (policy) => [changed(policy, "spec.default.dryRun", true)],
  ],
  [
    "max-utilization-in-range",
    BACKEND_POLICY,
    (policy) => [changed(policy, "spec.default.customMetrics.0.maxUtilizationPercent")],
  ],
  ["pool-exported", POOL, (pool) => [changed(pool, "metadata.annotations")]],
  ["proxy-subnet-per-region", SUBNET, () => []],
  ["timeout-covers-p99", BACKEND_POLICY, (policy) => [changed(policy, "spec.default.timeoutSec")]],
];

test("program and policies mean the same annotations", () => {
  expect(P99_ANNOTATION).toBe(PROGRAMS_P99_ANNOTATION);
  expect(PROGRAMS_EXPORT).toEqual({ [EXPORT_ANNOTATION]: "True" });
});

describe.each(["dev", "prod"] as const)("the program's stack %s", (stack) => {
  describe.each([false, true])("(first preview: %s)", (firstPreview) => {
    let registrations: readonly Registered[];

    beforeAll(async () => {
      ({ registrations } = await synthesize(stack, { preview: firstPreview }));
    });

    test("has something to judge and passes every policy", async () => {
      const types = registrations.map(({ type }) => type);
      expect(types).toEqual(expect.arrayContaining([BACKEND_POLICY, POOL, SUBNET]));
      expect(await runPolicies(registrations, { stack, firstPreview })).toEqual([]);
    });

    test.each(breaks)("fails %s, and nothing else, by one change", async (policy, type, change) => {
      const broken = registrations.find((resource) => {
        return resource.type === type && (type !== SUBNET || "purpose" in resource.inputs);
      });
      const changedStack = registrations.flatMap((resource) => {
        return resource === broken ? change(resource) : [resource];
      });
      const violations = await runPolicies(changedStack, { stack, firstPreview });
      expect(violations.map(({ policy: name, level }) => [name, level])).toEqual([
        [policy, "mandatory"],
      ]);
    });
  });
});
