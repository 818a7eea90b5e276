import { makeNetwork, PROJECT, REGION, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";

const ROOT = `https://compute.googleapis.com/compute/beta/projects/${PROJECT}`;
const network = `projects/${PROJECT}/global/networks/vpc`;

let cloud: TestCloud;
let standIn: RecordedStandIn;
beforeAll(async () => {
  cloud = await TestCloud.start(["compute"]);
  await makeNetwork(cloud);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

test("a firewall rule is made, changed as a whole and deleted", async () => {
  const type = "gcp:compute/firewall:Firewall";
  const own = `${ROOT}/global/firewalls/fw?alt=json`;
  const inputs = {
    name: "fw",
    network: "vpc",
    direction: "INGRESS",
    sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"],
    allows: [
      { protocol: "tcp", ports: ["8000", "80"] },
      { protocol: "icmp", ports: [] },
    ],
  };
  const allowed = [{ IPProtocol: "tcp", ports: ["8000", "80"] }, { IPProtocol: "icmp" }];
  const made = await standIn.create(type, "x", inputs);
  expect(standIn.taken()).toEqual([
    [
      `POST ${ROOT}/global/firewalls?alt=json`,
      {
        allowed,
        direction: "INGRESS",
        logConfig: { enable: false },
        name: "fw",
        network,
        priority: 1000,
        sourceRanges: inputs.sourceRanges,
      },
    ],
    [`GET ${own}`],
  ]);
  const changed = await standIn.update(made, {
    ...inputs,
    description: "d",
    disabled: true,
    logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    priority: 900,
    sourceTags: ["a"],
    sourceRanges: [],
  });
  expect(standIn.taken()).toEqual([
    [
      `PATCH ${own}`,
      {
        allowed,
        description: "d",
        disabled: true,
        logConfig: { enable: true, metadata: "INCLUDE_ALL_METADATA" },
        network,
        priority: 900,
        sourceTags: ["a"],
      },
    ],
    [`GET ${own}`],
  ]);
  await standIn.delete(changed);
  expect(standIn.taken()).toEqual([[`DELETE ${own}`]]);
});

test("an address gets its labels once more after it was made", async () => {
  const type = "gcp:compute/address:Address";
  const all = `${ROOT}/regions/${REGION}/addresses`;
  const inputs = { name: "egress", region: REGION };
  const provisioned = { "goog-pulumi-provisioned": "true" };
  const labelFingerprint: unknown = expect.any(String);
  const made = await standIn.create(type, "x", inputs);
  expect(standIn.taken()).toEqual([
    [
      `POST ${all}?alt=json`,
      {
        addressType: "EXTERNAL",
        labels: provisioned,
        name: "egress",
        region: `projects/${PROJECT}/global/regions/${REGION}`,
      },
    ],
    [`GET ${all}/egress?alt=json`],
    [`POST ${all}/egress/setLabels?alt=json`, { labelFingerprint, labels: provisioned }],
    [`GET ${all}/egress?alt=json`],
  ]);
  const changed = await standIn.update(made, { ...inputs, labels: { a: "b" } });
  await standIn.delete(changed);
  expect(standIn.taken()).toEqual([
    [
      `POST ${all}/egress/setLabels?alt=json`,
      { labelFingerprint: made.outputs.labelFingerprint, labels: { ...provisioned, a: "b" } },
    ],
    [`GET ${all}/egress?alt=json`],
    [`DELETE ${all}/egress?alt=json`],
  ]);
});
