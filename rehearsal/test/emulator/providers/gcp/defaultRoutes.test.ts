import { PROJECT } from "../../cloud/support/testCloud";
import { ScriptedStandIn } from "./support/script";

const PATH = `/compute/beta/projects/${PROJECT}/global`;
const ROOT = `https://compute.googleapis.com${PATH}`;
const GENERATED = "alt=json&prettyPrint=false";
const done = { json: { name: "operation-1", status: "DONE" } };

test("the default routes of a new network go one by one, page by page", async () => {
  const standIn = new ScriptedStandIn({
    [`POST ${PATH}/networks`]: done,
    [`GET ${PATH}/networks/vpc`]: { json: { name: "vpc", id: "1", selfLink: "https://vpc" } },
    [`GET ${PATH}/routes`]: [
      { json: { items: [{ name: "one" }], nextPageToken: "more" } },
      { json: { items: [{ name: "two" }] } },
    ],
    [`DELETE ${PATH}/routes/one`]: done,
    [`DELETE ${PATH}/routes/two`]: done,
  });
  await standIn.configure();
  await standIn.create("gcp:compute/network:Network", "x", {
    name: "vpc",
    autoCreateSubnetworks: false,
    bgpAlwaysCompareMed: false,
    bgpBestPathSelectionMode: "STANDARD",
    deleteDefaultRoutesOnCreate: true,
  });
  const filter = "%28network%3D%22https%3A%2F%2Fvpc%22%29+AND+%28destRange%3D%220.0.0.0%2F0%22%29";
  const list = `GET ${ROOT}/routes?alt=json&filter=${filter}&prettyPrint=false`;
  expect(standIn.taken()).toEqual([
    [
      `POST ${ROOT}/networks?alt=json`,
      {
        autoCreateSubnetworks: false,
        name: "vpc",
        networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
        routingConfig: {
          bgpAlwaysCompareMed: false,
          bgpBestPathSelectionMode: "STANDARD",
          deleteBgpAlwaysCompareMed: false,
        },
      },
    ],
    [`GET ${ROOT}/networks/vpc?${GENERATED}`],
    [list],
    [`DELETE ${ROOT}/routes/one?${GENERATED}`],
    [list],
    [`DELETE ${ROOT}/routes/two?${GENERATED}`],
    [`GET ${ROOT}/networks/vpc?alt=json`],
  ]);
  await standIn.close();
});
