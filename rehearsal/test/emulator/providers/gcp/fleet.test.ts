import { Resource } from "./support/standIn";
import { CLUSTER_NAME, makeCluster, PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";

const MEMBERSHIP = "gcp:gkehub/membership:Membership";
const FEATURE = "gcp:gkehub/feature:Feature";
const FLEET = `projects/${PROJECT}/locations/global`;
const ROOT = `https://gkehub.googleapis.com/v1beta/${FLEET}`;
const provisioned = { "goog-pulumi-provisioned": "true" };

let cloud: TestCloud;
let standIn: RecordedStandIn;
let membership: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start();
  await makeCluster(cloud);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

describe("a membership", () => {
  const authority = { issuer: `https://container.googleapis.com/v1/${CLUSTER_NAME}` };
  const inputs = {
    membershipId: "eu",
    endpoint: { gkeCluster: { resourceLink: CLUSTER_NAME } },
    authority,
  };
  const read = [`GET ${ROOT}/memberships/eu?alt=json`];

  test("is made without a look at what is there", async () => {
    membership = await standIn.create(MEMBERSHIP, "x", inputs);
    const resourceLink = `//container.googleapis.com/${CLUSTER_NAME}`;
    expect(standIn.taken()).toEqual([
      [
        `POST ${ROOT}/memberships?alt=json&membershipId=eu`,
        { endpoint: { gkeCluster: { resourceLink } }, authority, labels: provisioned },
      ],
      read,
    ]);
  });

  test("is changed by its labels", async () => {
    membership = await standIn.update(membership, { ...inputs, labels: { a: "b" } });
    expect(standIn.taken()).toEqual([
      [
        `PATCH ${ROOT}/memberships/eu?alt=json&updateMask=labels`,
        { authority, labels: { ...provisioned, a: "b" } },
      ],
      read,
    ]);
  });
});

describe("a feature", () => {
  const configMembership = `${FLEET}/memberships/eu`;
  const spec = { multiclusteringress: { configMembership } };
  const inputs = { name: "multiclusteringress", location: "global", spec };
  const own = `${ROOT}/features/multiclusteringress`;
  const look = [`GET ${own}?alt=json`];
  const read = [`GET ${own}?alt=json&return_partial_success=true`];
  const sent = { spec, labels: provisioned, fleetDefaultMemberConfig: null };
  let made: Resource;

  test("is looked for and made", async () => {
    made = await standIn.create(FEATURE, "x", inputs);
    expect(standIn.taken()).toEqual([
      look,
      [`POST ${ROOT}/features?alt=json&featureId=multiclusteringress`, sent],
      read,
    ]);
  });

  test("that is there is changed to all that the program says", async () => {
    made = await standIn.create(FEATURE, "x", inputs);
    expect(standIn.taken()).toEqual([
      look,
      [`PATCH ${own}?alt=json&updateMask=spec%2Clabels`, sent],
      read,
    ]);
  });

  test("tells all of itself, whatever has changed", async () => {
    made = await standIn.update(made, { ...inputs, labels: { a: "b" } });
    expect(standIn.taken()).toEqual([
      [`PATCH ${own}?alt=json&updateMask=labels`, { ...sent, labels: { ...provisioned, a: "b" } }],
      read,
    ]);
    await standIn.refresh(made);
    expect(standIn.taken()).toEqual([read]);
  });

  test("is deleted without force, and its membership after it", async () => {
    await standIn.delete(made);
    await standIn.delete(membership);
    expect(standIn.taken()).toEqual([
      [`DELETE ${own}?alt=json`],
      [`DELETE ${ROOT}/memberships/eu?alt=json`],
    ]);
  });
});

test("the agent of an API is asked for without a body", async () => {
  const service = "multiclusteringress.googleapis.com";
  const type = "gcp:projects/serviceIdentity:ServiceIdentity";
  const agent = await standIn.create(type, "x", { service });
  await standIn.refresh(agent);
  await standIn.delete(agent);
  const url = `https://serviceusage.googleapis.com/v1beta1/projects/${PROJECT}/services/${service}`;
  expect(standIn.taken()).toEqual([[`POST ${url}:generateServiceIdentity?alt=json`]]);
});
