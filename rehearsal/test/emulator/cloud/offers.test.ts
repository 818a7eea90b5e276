import { JsonObject } from "../../../emulator/cloud/json";
import { projectNumber } from "../../../emulator/cloud/numericIds";
import {
  COMPUTE,
  CONTAINER,
  makeCluster,
  makeNetwork,
  PROJECT,
  REGION,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["compute", "container"]);
});
afterEach(() => cloud.stop());

const PLACE = `https://www.googleapis.com/compute/v1/projects/${PROJECT}`;
const turn = (patch: object) => cloud.call("PATCH", "/admin/knobs", patch);

describe("machine types", () => {
  it("are told of all zones at once", async () => {
    const query = new URLSearchParams({ filter: "name=g2-standard-8" }).toString();
    const { items } = await cloud.run("GET", `${COMPUTE}/aggregated/machineTypes?${query}`);
    const zones = Object.entries(items as Record<string, JsonObject>);
    const offering = zones.filter(([, { machineTypes }]) => machineTypes).map(([zone]) => zone);
    expect(offering).toEqual(expect.arrayContaining(["zones/us-east4-a", "zones/us-east4-c"]));
    expect(offering).not.toContain("zones/us-east4-b");
    expect(Object.fromEntries(zones)["zones/us-east4-b"]).toMatchObject({
      warning: { code: "NO_RESULTS_ON_PAGE" },
    });
  });

  it("are told one by one", async () => {
    const url = `${COMPUTE}/zones/us-east4-a/machineTypes`;
    const told = {
      kind: "compute#machineType",
      name: "g2-standard-24",
      zone: "us-east4-a",
      guestCpus: 24,
      memoryMb: 98_304,
      accelerators: [{ guestAcceleratorType: "nvidia-l4", guestAcceleratorCount: 2 }],
      selfLink: `${PLACE}/zones/us-east4-a/machineTypes/g2-standard-24`,
    };
    expect(await cloud.run("GET", `${url}/g2-standard-24`)).toMatchObject(told);
    const { items } = await cloud.run("GET", url);
    expect(items).toContainEqual(expect.objectContaining({ name: "e2-standard-8", guestCpus: 8 }));
    await expect(cloud.run("GET", `${url}/a3-ultragpu-8g`)).rejects.toThrow(
      `404 The resource 'projects/${PROJECT}/zones/us-east4-a/machineTypes/a3-ultragpu-8g' was not found`,
    );
  });
});

describe("quotas", () => {
  const quota = async (url: string, metric: string) => {
    const { quotas } = await cloud.run("GET", url);
    return (quotas as JsonObject[]).find((each) => each.metric === metric);
  };

  it("are told with a region", async () => {
    const region = `${COMPUTE}/regions/${REGION}`;
    await turn({ quotas: { CPUS: { [REGION]: 72 } } });
    expect(await quota(region, "CPUS")).toEqual({ metric: "CPUS", limit: 72, usage: 0 });
    await makeCluster(cloud);
    // A first pool of three zones, of machines with two CPUs.
    expect(await quota(region, "CPUS")).toEqual({ metric: "CPUS", limit: 72, usage: 6 });
    expect(await quota(region, "NVIDIA_L4_GPUS")).toMatchObject({ limit: 1e9, usage: 0 });
  });

  it("of newer GPUs are not told, as in Google's document", async () => {
    const region = `${COMPUTE}/regions/${REGION}`;
    expect(await quota(region, "PREEMPTIBLE_NVIDIA_H100_GPUS")).toMatchObject({ usage: 0 });
    for (const metric of ["NVIDIA_H100_GPUS", "PREEMPTIBLE_NVIDIA_B200_GPUS", "NETWORKS"]) {
      expect(await quota(region, metric)).toBeUndefined();
    }
  });

  it("are told with the project, where they have no region", async () => {
    await makeNetwork(cloud);
    const project = await cloud.run("GET", COMPUTE);
    expect(project).toMatchObject({ name: PROJECT, id: projectNumber(PROJECT) });
    expect(await quota(COMPUTE, "NETWORKS")).toEqual({ metric: "NETWORKS", limit: 1e9, usage: 1 });
    expect(await quota(COMPUTE, "GPUS_ALL_REGIONS")).toMatchObject({ usage: 0 });
  });

  it("of CPUs and addresses are limits", async () => {
    await makeCluster(cloud);
    await turn({ quotas: { CPUS: { [REGION]: 29 }, IN_USE_ADDRESSES: { [REGION]: 0 } } });
    const config = { machineType: "e2-standard-8" };
    const nodePool = { name: "system", initialNodeCount: 1, config };
    await expect(
      cloud.run("POST", `${CONTAINER}/clusters/eu/nodePools`, { nodePool }),
    ).rejects.toThrow(`403 Quota 'CPUS' exceeded. Limit: 29.0 in region ${REGION}.`);
    const nats = [
      {
        name: "nat",
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      },
    ];
    const router = { name: "out", network: `projects/${PROJECT}/global/networks/vpc`, nats };
    await expect(cloud.run("POST", `${COMPUTE}/regions/${REGION}/routers`, router)).rejects.toThrow(
      `403 Quota 'IN_USE_ADDRESSES' exceeded. Limit: 0.0 in region ${REGION}.`,
    );
  });
});

describe("reservations", () => {
  const url = `${COMPUTE}/zones/us-east4-a/reservations`;
  const reservation = (machineType: string) => ({
    name: "ours",
    specificReservation: { count: "2", instanceProperties: { machineType } },
  });

  it("are machines in a zone", async () => {
    await cloud.run("POST", url, reservation("g2-standard-8"));
    expect(await cloud.run("GET", `${url}/ours`)).toMatchObject({
      ...reservation("g2-standard-8"),
      status: "READY",
      zone: `${PLACE}/zones/us-east4-a`,
    });
    expect((await cloud.run("GET", url)).items).toHaveLength(1);
    await cloud.run("DELETE", `${url}/ours`);
    await expect(cloud.run("GET", `${url}/ours`)).rejects.toThrow(
      `404 The resource 'projects/${PROJECT}/zones/us-east4-a/reservations/ours' was not found`,
    );
  });

  it("are of machines that the zone has", async () => {
    await expect(cloud.run("POST", url, reservation("a3-ultragpu-8g"))).rejects.toThrow(
      "400 Invalid value for field 'resource.specificReservation': 'a3-ultragpu-8g'. It is not in us-east4-a.",
    );
  });
});
