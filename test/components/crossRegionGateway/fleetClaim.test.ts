import * as pulumi from "@pulumi/pulumi";

import { claimFleet } from "../../../components/crossRegionGateway/fleetClaim";

const OWN = "projects/demo/locations/global/memberships/gke-west";
const THEIRS = "projects/demo/locations/global/memberships/edge";
const ID = "projects/demo/locations/global/features/multiclusteringress";
const feature = (...memberships: string[]) => ({
  specs: memberships.map((configMembership) => ({ multiclusteringresses: [{ configMembership }] })),
});

/** What the claim comes to, where the cloud answers so. */
async function claimed(answer: () => object, preview = false): Promise<string> {
  const mocks = { call: () => ({}), newResource: () => ({ id: "", state: {} }) };
  await pulumi.runtime.setMocks(mocks, "inference-gateway", "test", preview);
  const ask = jest.fn<Promise<object>, [object]>(() => Promise.resolve().then(answer));
  const args = { project: "demo", membershipIds: ["gke-west", "gke-east"] };
  const end = await claimFleet(args, ask).then(
    () => "passed",
    (error: unknown) =>
      pulumi.RunError.isInstance(error) ? `RunError: ${error.message}` : String(error),
  );
  expect(ask.mock.calls).toEqual([
    [{ project: "demo", location: "global", name: "multiclusteringress" }],
  ]);
  return end;
}

const failing = (message: string) => () => {
  throw new Error(message);
};

test.each<[string, () => object]>([
  ["a fleet without the feature", failing(`${ID} not found`)],
  [
    "a project whose hub is not on yet",
    failing(
      "Error when reading or editing GKEHub2Feature: googleapi: Error 403: GKE Hub API has not been used in project " +
        "demo before or it is disabled.",
    ),
  ],
  ["a feature that is this stack's", () => feature(OWN)],
  ["the same by the project's number", () => feature(OWN.replace("demo", "123456789"))],
  ["another config cluster of this stack", () => feature(OWN.replace("west", "east"))],
  ["a feature that names nobody", () => feature()],
  ["a feature whose config membership is empty", () => feature("")],
  ["no answer at all, without an engine", () => ({})],
])("it lets %s pass", async (_, answer) => {
  expect(await claimed(answer)).toBe("passed");
  expect(await claimed(answer, true)).toBe("passed");
});

test.each([false, true])(
  "somebody else's feature is refused; in a preview: %s",
  async (preview) => {
    expect(await claimed(() => feature(THEIRS), preview)).toBe(
      `RunError: The fleet of project demo already has the feature multiclusteringress with the config membership ${THEIRS}; ` +
        "allowed: one of this stack's (gke-west, gke-east). This stack would move the feature and the Gateways that use it. " +
        "If another team uses them, give this stack another project (gcp:project): a fleet has one config cluster. If they " +
        "are not in use, their owner disables the feature: gcloud container fleet ingress disable --project demo. " +
        "If this stack has just removed that cluster, keep it in `clusters` until another one is `configCluster`.",
    );
  },
);

test("a name that only ends like this stack's is somebody else's", async () => {
  expect(await claimed(() => feature(`${THEIRS}-gke-west`))).toMatch(/^RunError: The fleet of /);
});

test.each([
  "googleapi: Error 503: backend error",
  "googleapi: Error 403: Permission 'gkehub.features.get' denied on 'projects/demo-404/locations/global/features/x'",
  "Project demo not found",
])("what cannot be told is an error, and none in a preview: %s", async (message) => {
  expect(await claimed(failing(message))).toContain(message);
  expect(await claimed(failing(message), true)).toBe("passed");
});
