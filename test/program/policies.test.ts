import { P99_ANNOTATION as PROGRAMS_P99_ANNOTATION } from "../../components/crossRegionGateway/backendPolicy";
import { EXPORT_ANNOTATION as PROGRAMS_EXPORT } from "../../components/inferencePoolChart/pool";
import { EXPORT_ANNOTATION, P99_ANNOTATION } from "../../policy-pack/fleet/annotations";
import { type Registered, runPolicies } from "../../policy-pack/test/support/policies";
import { synthesize } from "../support/program";

const BACKEND_POLICY = "kubernetes:networking.gke.io/v1:GCPBackendPolicy";
const POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";

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
  });
});
