import { Resource } from "./support/standIn";
import { makeNetwork, PROJECT, REGION, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";

const ROUTER = "gcp:compute/router:Router";
const NAT = "gcp:compute/routerNat:RouterNat";
const ROUTERS = `https://compute.googleapis.com/compute/beta/projects/${PROJECT}/regions/${REGION}/routers`;
const OWN = `${ROUTERS}/r?alt=json`;

let cloud: TestCloud;
let standIn: RecordedStandIn;
let router: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start(["compute"]);
  await makeNetwork(cloud);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

describe("a router", () => {
  const inputs = { name: "r", network: "vpc" };

  test("is made without BGP", async () => {
    router = await standIn.create(ROUTER, "x", inputs);
    expect(standIn.taken()).toEqual([
      [
        `POST ${ROUTERS}?alt=json`,
        {
          bgp: null,
          name: "r",
          network: `projects/${PROJECT}/global/networks/vpc`,
          region: `projects/${PROJECT}/global/regions/${REGION}`,
        },
      ],
      [`GET ${OWN}`],
    ]);
  });

  test("is changed by one call, with all of its BGP", async () => {
    router = await standIn.update(router, { ...inputs, description: "d", bgp: { asn: 64514 } });
    const bgp = {
      asn: 64514,
      advertiseMode: "DEFAULT",
      advertisedGroups: [],
      advertisedIpRanges: [],
      keepaliveInterval: 20,
    };
    expect(standIn.taken()).toEqual([[`PATCH ${OWN}`, { description: "d", bgp }], [`GET ${OWN}`]]);
    router = await standIn.update(router, inputs);
    expect(standIn.taken()[0]).toEqual([`PATCH ${OWN}`, { bgp: null }]);
  });
});

describe("a NAT entry", () => {
  const inputs = {
    name: "nat",
    router: "r",
    natIpAllocateOption: "AUTO_ONLY",
    sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    enableDynamicPortAllocation: true,
    logConfig: { enable: true, filter: "ERRORS_ONLY" },
  };
  /** This program's. */
  const entry = {
    drainNatIps: [],
    enableDynamicPortAllocation: true,
    icmpIdleTimeoutSec: 30,
    initialNatIps: [],
    logConfig: { enable: true, filter: "ERRORS_ONLY" },
    name: "nat",
    nat64Subnetworks: [],
    natIpAllocateOption: "AUTO_ONLY",
    natIps: [],
    rules: [],
    sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    subnetworks: [],
    tcpEstablishedIdleTimeoutSec: 1200,
    tcpTimeWaitTimeoutSec: 120,
    tcpTransitoryIdleTimeoutSec: 30,
    type: "PUBLIC",
    udpIdleTimeoutSec: 30,
  };
  let made: Resource;

  /** The entries that the last call sent. */
  const natsIn = (sent: ReturnType<RecordedStandIn["taken"]>) => sent.find(([, body]) => body);

  test("is laid into its router", async () => {
    made = await standIn.create(NAT, "x", inputs);
    expect(standIn.taken()).toEqual([
      [`GET ${OWN}`],
      [`PATCH ${OWN}`, { nats: [entry] }],
      [`GET ${OWN}`],
    ]);
  });

  test("is changed together with what the type does not know", async () => {
    made = await standIn.update(made, {
      ...inputs,
      minPortsPerVm: 128,
      logConfig: { enable: false, filter: "ALL" },
    });
    expect(standIn.taken()).toEqual([
      [`GET ${OWN}`],
      [
        `PATCH ${OWN}`,
        {
          nats: [
            {
              ...entry,
              minPortsPerVm: 128,
              logConfig: { filter: "ALL" },
              // As the router has them.
              endpointTypes: ["ENDPOINT_TYPE_VM"],
              effectiveTcpTimeWaitTimeoutSec: 120,
              initialNatIps: null,
            },
          ],
        },
      ],
      [`GET ${OWN}`],
    ]);
  });

  test("of some subnets tells which of their ranges, beside the entries that are there", async () => {
    const some = await standIn
      .create(NAT, "x", {
        name: "some",
        router: "r",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        natIpAllocateOption: "MANUAL_ONLY",
        initialNatIps: ["first"],
        subnetworks: [{ name: "nodes", sourceIpRangesToNats: ["PRIMARY_IP_RANGE"] }],
      })
      .catch((error: Error) => error);
    const [, body] = natsIn(standIn.taken()) ?? [];
    const { nats } = body as { nats: unknown[] };
    const { logConfig, enableDynamicPortAllocation, initialNatIps, ...others } = entry;
    expect([logConfig, enableDynamicPortAllocation, initialNatIps]).toBeDefined();
    expect(nats).toEqual([
      expect.objectContaining({ name: "nat" }),
      {
        ...others,
        name: "some",
        logConfig: null,
        natIpAllocateOption: "MANUAL_ONLY",
        natIps: [`projects/${PROJECT}/regions/${REGION}/addresses/first`],
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [
          {
            name: `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
            sourceIpRangesToNat: ["PRIMARY_IP_RANGE"],
          },
        ],
      },
    ]);
    if (!(some instanceof Error)) await standIn.delete(some);
    standIn.taken();
  });

  test("that is there already is not made", async () => {
    await expect(standIn.create(NAT, "x", inputs)).rejects.toThrow(
      "Unable to create RouterNat, existing object already found: ",
    );
    expect(standIn.taken()).toEqual([[`GET ${OWN}`]]);
  });

  test("is taken out of its router, and asked for only where it is gone", async () => {
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[`GET ${OWN}`], [`PATCH ${OWN}`, { nats: [] }]]);
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[`GET ${OWN}`]]);
    await expect(standIn.update(made, { ...inputs, minPortsPerVm: 64 })).rejects.toThrow(
      `Unable to update RouterNat "${made.id}" - not found in list`,
    );
    expect(standIn.taken()).toEqual([[`GET ${OWN}`]]);
    await standIn.delete(router);
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[`DELETE ${OWN}`], [`GET ${OWN}`]]);
  });
});
