import {
  HUB,
  INGRESS,
  makeCluster,
  makeMembership,
  PROJECT,
  REGION,
  TestCloud,
} from "../../cloud/support/testCloud";
import { StandIn, SUFFIX } from "./support/standIn";

const NETWORK = "gcp:compute/network:Network";

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start();
  standIn = await new StandIn(cloud).configure();
});
afterEach(() => cloud.stop());

const turn = (knobs: object) => cloud.run("PATCH", "/admin/knobs", knobs);

describe("a call of an account", () => {
  const email = `deployer@${PROJECT}.iam.gserviceaccount.com`;
  const admit = async () => {
    const { json } = await cloud.call("PUT", `/admin/callers/${email}`, { grants: [] });
    return String(json.accessToken);
  };
  const rule = {
    name: "allow",
    network: "default",
    sourceRanges: ["10.0.0.0/8"],
    allows: [{ protocol: "tcp" }],
  };

  it.each([
    ["the environment", (token: string) => [{ GOOGLE_OAUTH_ACCESS_TOKEN: token }, {}] as const],
    ["the configuration", (token: string) => [{}, { accessToken: token }] as const],
  ])("is made with the token of %s, and refused with all that is missing", async (_, where) => {
    const [environment, settings] = where(await admit());
    const own = new StandIn(cloud, environment);
    await own.configure({ project: PROJECT, ...settings });
    await expect(own.create("gcp:compute/firewall:Firewall", "x", rule)).rejects.toThrow(
      "1 error occurred:\n\t* Error creating Firewall: googleapi: Error 403: Required " +
        `'compute.firewalls.create' permission for 'projects/${PROJECT}/global/firewalls/allow'\n` +
        "More details:\n" +
        "Reason: forbidden, Message: Required 'compute.firewalls.create' permission for " +
        `'projects/${PROJECT}/global/firewalls/allow'\n` +
        "Reason: forbidden, Message: Required 'compute.networks.updatePolicy' permission for " +
        `'projects/${PROJECT}/global/networks/default'\n`,
    );
  });
});

describe("a call", () => {
  it("is made again when the cloud is overloaded", async () => {
    // With this seed the first two attempts are refused.
    await turn({ flake: { rate: 0.7, seed: 4 } });
    const made = await standIn.create(NETWORK, "x", {});
    expect(made.id).toBe(`projects/${PROJECT}/global/networks/x-${SUFFIX}`);
    const { refusedByFault } = await cloud.run("GET", "/admin/calls");
    expect(refusedByFault).toBeGreaterThan(0);
  });

  it("gives up at the resource's own timeout", async () => {
    await turn({ flake: { rate: 1, statuses: [503] } });
    await expect(standIn.create(NETWORK, "x", {}, 0.1)).rejects.toThrow(
      "1 error occurred:\n\t* Error creating Network: googleapi: Error 503: The service is " +
        "currently unavailable. " +
        "Try again later., backendError\n\n",
    );
  });

  it("is not made again when a quota is used up", async () => {
    await turn({ quotas: { NETWORKS: { global: 0 } } });
    const { requests } = await cloud.run("GET", "/admin/calls");
    await expect(standIn.create(NETWORK, "x", {})).rejects.toThrow(
      "1 error occurred:\n\t* Error creating Network: googleapi: Error 403: Quota 'NETWORKS' " +
        "exceeded. " +
        "Limit: 0.0 globally., quotaExceeded\n\n",
    );
    expect((await cloud.run("GET", "/admin/calls")).requests).toBe(Number(requests) + 1);
    await turn({ quotas: { NETWORKS: null } });
    expect((await standIn.create(NETWORK, "x", {})).outputs.name).toBe(`x-${SUFFIX}`);
  });

  it("waits while something else is done to what it needs", async () => {
    await turn({ timeScale: 0.02 });
    const network = cloud.run(
      "POST",
      `https://compute.googleapis.com/compute/v1/projects/${PROJECT}/global/networks`,
      {
        name: "vpc",
      },
    );
    const subnet = await standIn.create("gcp:compute/subnetwork:Subnetwork", "x", {
      network: "vpc",
      ipCidrRange: "10.0.0.0/20",
    });
    await network;
    expect(subnet.outputs.ipCidrRange).toBe("10.0.0.0/20");
  });

  it("waits for the operation that it began, no longer than it may", async () => {
    await turn({ timeScale: 100 });
    await expect(standIn.create(NETWORK, "x", {}, 1)).rejects.toThrow(
      "1 error occurred:\n\t* Error waiting to create Network: Error waiting for Creating " +
        "Network: " +
        "timeout while waiting for state to become 'DONE' (last state: 'RUNNING', timeout: 1s)\n\n",
    );
    // The cloud goes on with it, so that a second attempt finds it there.
    await turn({ timeScale: 0 });
    await expect(standIn.create(NETWORK, "x", {})).rejects.toThrow(
      `1 error occurred:\n\t* Error creating Network: googleapi: Error 409: The resource ` +
        `'projects/${PROJECT}/global/networks/x-${SUFFIX}' already exists, alreadyExists\n\n`,
    );
  });

  it("leaves in the state what a cloud that went out of reach had begun", async () => {
    await turn({ timeScale: 100 });
    const creation = standIn.create(NETWORK, "x", { description: "d" }, 1);
    const kept = expect(creation).rejects.toMatchObject({
      resource: {
        id: `projects/${PROJECT}/global/networks/x-${SUFFIX}`,
        outputs: { name: `x-${SUFFIX}`, description: "d" },
      },
      reasons: [expect.stringContaining("compute.googleapis.com does not answer: ")],
    });
    await isWaiting();
    await cloud.pause(() => kept);
  });

  it("to a cloud that is not there says so", async () => {
    const lost = await new StandIn().configure();
    await expect(lost.create(NETWORK, "x", {}, 0.1)).rejects.toThrow(
      "1 error occurred:\n\t* compute.googleapis.com does not answer: " +
        "connect ECONNREFUSED 127.0.0.1:1\n\n",
    );
  });

  it("waits for a cloud that was killed and is started again", async () => {
    await turn({ timeScale: 100 });
    const creation = standIn.create(NETWORK, "x", {});
    await cloud.restartAfterKill();
    await turn({ timeScale: 0 });
    expect((await creation).outputs.name).toBe(`x-${SUFFIX}`);
  });
});

/** Until the stand-in asks for the operation that it began. */
async function isWaiting(): Promise<void> {
  const waits = async () => {
    const { byService } = await cloud.run("GET", "/admin/calls");
    return (byService as Record<string, number>).compute ?? 0;
  };
  const before = await waits();
  while ((await waits()) < before + 2) continue;
}

describe("settings", () => {
  it("come from the environment where the stack has none", async () => {
    const environment = { GOOGLE_CLOUD_PROJECT: PROJECT, GOOGLE_REGION: "us-east4" };
    const elsewhere = await new StandIn(cloud, environment).configure({});
    const made = await elsewhere.create("gcp:compute/address:Address", "x", {});
    expect(made.id).toBe(`projects/${PROJECT}/regions/us-east4/addresses/x-${SUFFIX}`);
    expect(elsewhere.warnings).toEqual([]);
  });

  it("lack a project with a warning, and with an error when one is needed", async () => {
    const nowhere = await new StandIn(cloud).configure({});
    expect(nowhere.warnings).toEqual([
      "unable to detect a global setting for GCP Project; set gcp:project",
    ]);
    await expect(nowhere.create(NETWORK, "x", {})).rejects.toThrow(
      "1 error occurred:\n\t* project: required field is not set\n\n",
    );
    await expect(
      nowhere.create("gcp:compute/address:Address", "x", { project: PROJECT }),
    ).rejects.toThrow(
      "1 error occurred:\n\t* Cannot determine region: set in this resource, or set " +
        "provider-level 'region' or " +
        "'zone'.\n\n",
    );
  });

  it(
    "add labels to every resource, but none that tells who made it where that is " + "off",
    async () => {
      const settings = {
        project: PROJECT,
        region: REGION,
        defaultLabels: JSON.stringify({ team: "a" }),
        addPulumiAttributionLabel: "false",
      };
      const labelled = await new StandIn(cloud).configure(settings);
      const made = await labelled.create("gcp:compute/address:Address", "x", {
        labels: { b: "c" },
      });
      const { json } = await cloud.call(
        "GET",
        `https://compute.googleapis.com/compute/v1/${made.id}`,
      );
      expect(json.labels).toEqual({ team: "a", b: "c" });
      expect(made.outputs.labels).toEqual({ b: "c" });
    },
  );
});

describe("functions", () => {
  const invoke = async (token: string, args: Record<string, string>) =>
    (await standIn.provider.invoke({ token, args, preview: false })).result;

  it("getProject", async () => {
    expect(await invoke("gcp:organizations/getProject:getProject", {})).toMatchObject({
      id: `projects/${PROJECT}`,
      projectId: PROJECT,
      name: PROJECT,
      number: cloud.gke.view.projectNumber(PROJECT),
    });
  });

  it("getZones", async () => {
    const zones = ["us-east1-b", "us-east1-c", "us-east1-d"];
    expect(await invoke("gcp:compute/getZones:getZones", { region: "us-east1" })).toEqual({
      id: `projects/${PROJECT}/regions/us-east1`,
      project: PROJECT,
      region: "us-east1",
      names: zones,
    });
    const down = await invoke("gcp:compute/getZones:getZones", {
      region: "us-east1",
      status: "DOWN",
    });
    expect(down.names).toEqual([]);
  });

  it("getEngineVersions", async () => {
    const versions = await invoke("gcp:container/getEngineVersions:getEngineVersions", {
      versionPrefix: "1.34.12-",
    });
    expect(versions).toMatchObject({
      location: REGION,
      latestMasterVersion: "1.34.12-gke.1153000",
      validMasterVersions: ["1.34.12-gke.1153000", "1.34.12-gke.1011000"],
      releaseChannelDefaultVersion: {
        RAPID: "1.36.4-gke.2046002",
        REGULAR: "1.36.4-gke.1391002",
        STABLE: "1.35.6-gke.1250000",
        EXTENDED: "1.36.4-gke.1391002",
      },
      releaseChannelLatestVersion: { RAPID: "1.34.12-gke.1153000" },
    });
    const none = await invoke("gcp:container/getEngineVersions:getEngineVersions", {
      versionPrefix: "9.",
    });
    expect(none).not.toHaveProperty("latestMasterVersion");
    expect(none.releaseChannelLatestVersion).toEqual({});
  });

  it("getFeature", async () => {
    const args = { location: "global", name: "multiclusteringress" };
    const ask = () => invoke("gcp:gkehub/getFeature:getFeature", args);
    const id = `projects/${PROJECT}/locations/global/features/multiclusteringress`;
    await expect(ask()).rejects.toThrow(`${id} not found`);
    await makeCluster(cloud);
    await makeMembership(cloud);
    await cloud.run("POST", `${HUB}/features?featureId=multiclusteringress`, INGRESS);
    const { configMembership } = INGRESS.spec.multiclusteringress;
    expect(await ask()).toMatchObject({
      id,
      name: "multiclusteringress",
      specs: [{ multiclusteringresses: [{ configMembership }] }],
    });
  });

  it("that there are not", async () => {
    await expect(invoke("gcp:compute/getImage:getImage", {})).rejects.toThrow(
      "gcp:compute/getImage:getImage is not among the functions of the emulated cloud: " +
        "gcp:organizations/getProject:getProject, " +
        "gcp:container/getEngineVersions:getEngineVersions, gcp:compute/getZones:getZones, " +
        "gcp:gkehub/getFeature:getFeature",
    );
  });
});
