import { Secret, UNKNOWN } from "../../../../emulator/providers/plugin";
import {
  makeCluster,
  makeMembership,
  makeNetwork,
  PROJECT,
  TestCloud,
} from "../../cloud/support/testCloud";
import { CLUSTER_INPUTS, makeNetworkAndNodes } from "./support/clusterInputs";
import { StandIn, SUFFIX } from "./support/standIn";

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start();
  standIn = await new StandIn(cloud).configure();
});
afterEach(() => cloud.stop());

const CLUSTER = "gcp:container/cluster:Cluster";
const NETWORK = "gcp:compute/network:Network";

describe("secret outputs", () => {
  it("are labels and what holds a cluster's keys", async () => {
    await makeNetworkAndNodes(cloud, standIn);
    const { outputs } = await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    const secret = Object.entries(outputs).filter(([, value]) => value instanceof Secret);
    expect(secret.map(([key]) => key).sort()).toEqual([
      "effectiveLabels",
      "masterAuth",
      "pulumiLabels",
    ]);
    const preview = await standIn.preview(CLUSTER, "eu", CLUSTER_INPUTS);
    expect(preview.masterAuth).toEqual(new Secret(UNKNOWN));
  });

  it("are what the program made secret", async () => {
    const { outputs } = await standIn.create(NETWORK, "x", { description: new Secret("hush") });
    expect(outputs.description).toEqual(new Secret("hush"));
    expect(outputs.name).toBe(`x-${SUFFIX}`);
  });
});

describe("other changes in place", () => {
  it("of a subnet", async () => {
    await makeNetwork(cloud);
    const type = "gcp:compute/subnetwork:Subnetwork";
    const secondaryIpRanges = [{ rangeName: "pods", ipCidrRange: "10.16.0.0/14" }];
    const inputs = { name: "nodes", network: "vpc", ipCidrRange: "10.0.0.0/20", secondaryIpRanges };
    const made = await standIn.create(type, "x", inputs);
    const grown = await standIn.update(made, {
      ...inputs,
      ipCidrRange: "10.0.0.0/19",
      secondaryIpRanges: [],
      sendSecondaryIpRangeIfEmpty: true,
    });
    expect(grown.outputs.ipCidrRange).toBe("10.0.0.0/19");
    expect(grown.outputs.secondaryIpRanges ?? []).toEqual([]);
  });

  it("of two NAT gateways of one router at the same time", async () => {
    await makeNetwork(cloud);
    await standIn.create("gcp:compute/router:Router", "r", { name: "router", network: "vpc" });
    const nat = (name: string) =>
      standIn.create("gcp:compute/routerNat:RouterNat", name, {
        name,
        router: "router",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      });
    const both = await Promise.all([nat("one"), nat("two")]);
    expect(await Promise.all(both.map((made) => standIn.refresh(made)))).toEqual(both);
  });

  it("of an account", async () => {
    const type = "gcp:serviceaccount/account:Account";
    const made = await standIn.create(type, "x", { accountId: "gke-nodes" });
    const changed = await standIn.update(made, {
      accountId: "gke-nodes",
      displayName: "N",
      disabled: true,
    });
    expect(changed.outputs).toMatchObject({ displayName: "N", disabled: true });
  });

  it("show in a preview what is known before", async () => {
    const made = await standIn.create(NETWORK, "x", { routingMode: "GLOBAL" });
    const preview = await standIn.update(made, { routingMode: "REGIONAL" }, true);
    expect(preview.outputs).toEqual({ ...made.outputs, routingMode: "REGIONAL" });
    expect(await standIn.refresh(made)).toEqual(made);
  });
});

describe("features", () => {
  it("that are on already become updates", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    const type = "gcp:gkehub/feature:Feature";
    const configMembership = `projects/${PROJECT}/locations/global/memberships/eu`;
    const inputs = {
      name: "multiclusteringress",
      location: "global",
      spec: { multiclusteringress: { configMembership } },
    };
    const first = await standIn.create(type, "mci", inputs);
    const second = await standIn.create(type, "again", inputs);
    expect(second.id).toBe(first.id);
  });
});

describe("service identities", () => {
  const type = "gcp:projects/serviceIdentity:ServiceIdentity";

  it("have no address where Google does not tell it", async () => {
    const made = await standIn.create(type, "x", { service: "multiclusteringress.googleapis.com" });
    expect(made.outputs).toEqual({
      project: PROJECT,
      service: "multiclusteringress.googleapis.com",
    });
  });

  it("are remembered: there is no call to read or remove one", async () => {
    await cloud.run("PATCH", "/admin/knobs", { identityEmails: true });
    const made = await standIn.create(type, "x", { service: "multiclusteringress.googleapis.com" });
    const number = cloud.gke.view.projectNumber(PROJECT);
    const email = `service-${number}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
    expect(made).toMatchObject({
      id: `projects/${PROJECT}/services/multiclusteringress.googleapis.com`,
      outputs: { email, member: `serviceAccount:${email}`, project: PROJECT },
    });
    await standIn.delete(made);
    expect(await standIn.refresh(made)).toEqual(made);
  });

  it("have no address where the API has no agent", async () => {
    await cloud.enable("dns.googleapis.com");
    const made = await standIn.create(type, "x", { service: "dns.googleapis.com" });
    expect(made.outputs).toEqual({ project: PROJECT, service: "dns.googleapis.com" });
  });
});

describe("services", () => {
  const type = "gcp:projects/service:Service";

  it("stay on when they go, unless told otherwise", async () => {
    const inputs = { service: "dns.googleapis.com" };
    const made = await standIn.create(type, "x", inputs);
    await standIn.delete(made);
    expect(await standIn.refresh(made)).toEqual(made);
    await standIn.delete(await standIn.update(made, { ...inputs, disableOnDestroy: true }));
    expect(await standIn.refresh(made)).toBeUndefined();
  });
});

describe("the deletion policy in the state", () => {
  it("forgets", async () => {
    const made = await standIn.create(NETWORK, "x", { deletionPolicy: "ABANDON" });
    await standIn.delete(made);
    expect(await standIn.refresh(made)).toEqual(made);
  });

  it("prevents, until it was loosened in an update of its own", async () => {
    const made = await standIn.create(NETWORK, "x", { deletionPolicy: "PREVENT" });
    await expect(standIn.delete(made)).rejects.toThrow(
      '1 error occurred:\n\t* cannot destroy ComputeNetwork without setting deletion_policy="DELETE" ' +
        "and running `terraform apply`\n\n",
    );
    await standIn.delete(await standIn.update(made, {}));
    expect(await standIn.refresh(made)).toBeUndefined();
  });
});
