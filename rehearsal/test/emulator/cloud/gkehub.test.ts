import { JsonObject } from "../../../emulator/cloud/json";
import {
  CLUSTER_NAME,
  CONTAINER,
  HUB,
  INGRESS,
  makeCluster,
  makeMembership,
  membership,
  PROJECT,
  REGION,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const MEMBERSHIP = `projects/${PROJECT}/locations/global/memberships/eu`;
const FEATURE = `projects/${PROJECT}/locations/global/features/multiclusteringress`;
const INGRESS_URL = `${HUB}/features/multiclusteringress`;
const enableIngress = (body: object = INGRESS) =>
  cloud.run("POST", `${HUB}/features?featureId=multiclusteringress`, body);

describe("memberships", () => {
  const make = (id: string, body: object) =>
    cloud.run("POST", `${HUB}/memberships?membershipId=${id}`, body);

  it("make the cluster a member of the fleet", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    expect(cloud.gke.view.members(PROJECT)).toEqual([
      { membership: MEMBERSHIP, cluster: CLUSTER_NAME },
    ]);
    expect((await cloud.call("GET", `${HUB}/memberships/eu`)).json).toMatchObject({
      ...membership(),
      name: MEMBERSHIP,
      state: { code: "READY" },
    });
  });

  it("are seen by GKE when they are made, not before", async () => {
    await makeCluster(cloud);
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.01 });
    const making = makeMembership(cloud);
    await expect(make("second", membership())).rejects.toThrow("409 intend to register");
    expect(cloud.gke.view.members(PROJECT)).toEqual([]);
    await making;
    expect(cloud.gke.view.members(PROJECT)).toHaveLength(1);
  });

  it("need their cluster", async () => {
    await expect(make("eu", membership())).rejects.toThrow(
      `404 GKE cluster "//container.googleapis.com/${CLUSTER_NAME}" was not found`,
    );
  });

  it("need the path of a cluster", async () => {
    const body = { endpoint: { gkeCluster: { resourceLink: "//container.googleapis.com/eu" } } };
    await expect(make("eu", body)).rejects.toThrow(
      "400 InvalidValueError for field endpoint.gke_cluster.resource_link: failed to validate " +
        'gke resource path "//container.googleapis.com/eu": Invalid GKE cluster resource path ' +
        '"//container.googleapis.com/eu": INVALID_ARGUMENT: "//container.googleapis.com/eu" is ' +
        "not a valid path",
    );
  });

  it("need the issuer of their cluster", async () => {
    await makeCluster(cloud);
    const zonal = `projects/${PROJECT}/zones/${REGION}/clusters/eu`;
    const issuer = `https://container.googleapis.com/v1/${zonal}`;
    await expect(make("eu", { ...membership(), authority: { issuer } })).rejects.toThrow(
      `400 InvalidValueError for field authority.issuer: "${issuer}" is not the issuer of the ` +
        `cluster, https://container.googleapis.com/v1/${CLUSTER_NAME}`,
    );
  });

  it("are one for each cluster", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await expect(make("second", membership())).rejects.toThrow(
      "409 intend to register the cluster with resource: " +
        `//gkehub.googleapis.com/projects/${PROJECT}/locations/global/memberships/second, ` +
        "but the cluster is already registered with resource: " +
        `//gkehub.googleapis.com/${MEMBERSHIP}`,
    );
  });

  it("by a cluster's own fleet block go when the block loses its fleet", async () => {
    await makeCluster(cloud, { fleet: { project: PROJECT } });
    const update = { desiredFleet: { project: "" } };
    expect(await cloud.run("PUT", `${CONTAINER}/clusters/eu`, { update })).not.toHaveProperty(
      "fleet",
    );
    expect(await make("eu", membership())).toMatchObject({ name: MEMBERSHIP });
  });

  it("clash with a cluster's own fleet block", async () => {
    await makeCluster(cloud, { fleet: { project: PROJECT } });
    await expect(make("eu", membership())).rejects.toThrow(
      `409 intend to register the cluster with resource: //gkehub.googleapis.com/${MEMBERSHIP}, ` +
        "but the cluster is already registered with resource: " +
        `//gkehub.googleapis.com/projects/${PROJECT}/locations/${REGION}/memberships/eu`,
    );
  });

  it("are what a later fleet block finds", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    const update = { desiredFleet: { project: PROJECT } };
    await cloud.run("PUT", `${CONTAINER}/clusters/eu`, { update });
    expect((await cloud.call("GET", `${CONTAINER}/clusters/eu`)).json.fleet).toEqual({
      project: PROJECT,
      membership: `//gkehub.googleapis.com/${MEMBERSHIP}`,
      preRegistered: true,
    });
  });

  it("stay as long as they are the feature's config membership", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await enableIngress();
    await expect(cloud.run("DELETE", `${HUB}/memberships/eu`)).rejects.toThrow(
      `400 The membership '${MEMBERSHIP}' is still in use by '${FEATURE}'`,
    );
    await cloud.run("DELETE", INGRESS_URL);
    expect(await cloud.run("DELETE", `${HUB}/memberships/eu`)).toEqual({});
  });
});

describe("the feature multiclusteringress", () => {
  it("names the config cluster", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    expect(cloud.gke.view.configCluster(PROJECT)).toBeUndefined();
    await enableIngress();
    expect(cloud.gke.view.configCluster(PROJECT)).toBe(CLUSTER_NAME);
    expect((await cloud.call("GET", INGRESS_URL)).json).toMatchObject({
      ...INGRESS,
      name: FEATURE,
      resourceState: { state: "ACTIVE" },
    });
  });

  it("takes the project's number for its id", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    const number = cloud.gke.view.projectNumber(PROJECT);
    const configMembership = `projects/${number}/locations/global/memberships/eu`;
    await enableIngress({ spec: { multiclusteringress: { configMembership } } });
    expect(cloud.gke.view.configCluster(PROJECT)).toBe(CLUSTER_NAME);
  });

  it.each([
    ["no config membership", {}, ""],
    ["one that does not exist", INGRESS, MEMBERSHIP],
  ])("is refused with %s", async (_what, body, named) => {
    await expect(enableIngress(body)).rejects.toThrow(
      `400 InvalidValueError for field spec.multiclusteringress.config_membership: "${named}" ` +
        "does not match a current membership in this project. It should be in the form: " +
        `projects/${PROJECT}/locations/{l}/memberships/{m}`,
    );
  });

  it("moves to another member in place", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await enableIngress();
    const other = structuredClone(INGRESS);
    other.spec.multiclusteringress.configMembership += "2";
    await expect(cloud.run("PATCH", `${INGRESS_URL}?updateMask=spec`, other)).rejects.toThrow(
      `"${MEMBERSHIP}2" does not match`,
    );
    expect(cloud.gke.view.configCluster(PROJECT)).toBe(CLUSTER_NAME);
  });

  it("goes all the same where that is forced", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await enableIngress();
    cloud.gke.gateways = { existing: ["default/gw"] };
    await cloud.run("DELETE", `${INGRESS_URL}?force=true`);
    expect(cloud.gke.view.configCluster(PROJECT)).toBeUndefined();
  });

  it("stays while there is a multi-cluster Gateway, and five scaled minutes more", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await enableIngress();
    const refused =
      "400 Feature has associated resources that should be cleaned up before deletion. Check the " +
      "Feature state details for more information. This check can be overridden by setting " +
      "force=true.";
    cloud.gke.gateways = { existing: ["default/gw"] };
    await expect(cloud.run("DELETE", INGRESS_URL)).rejects.toThrow(refused);

    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.01 });
    cloud.gke.gateways = { existing: [], lastGoneAt: Date.now() - 2000 };
    await expect(cloud.run("DELETE", INGRESS_URL)).rejects.toThrow(refused);
    cloud.gke.gateways = { existing: [], lastGoneAt: Date.now() - 3001 };
    expect(await cloud.run("DELETE", INGRESS_URL)).toEqual({});
    expect(cloud.gke.view.configCluster(PROJECT)).toBeUndefined();
  });
});

describe("a change of a membership", () => {
  const url = `${HUB}/memberships/eu`;
  beforeEach(async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
  });
  const patch = (mask: string, body: object) =>
    cloud.run("PATCH", `${url}?updateMask=${mask}`, body);

  it("sets what its mask names, and takes it away", async () => {
    const labels = { a: "1" };
    expect(await patch("labels", { labels, authority: { issuer: "x" } })).toMatchObject({
      ...membership(),
      labels,
    });
    expect(await patch("labels", {})).not.toHaveProperty("labels");
    expect(await patch("authority", {})).not.toHaveProperty("authority");
    expect(await patch("authority", membership())).toMatchObject(membership());
  });

  it.each([
    ["without a mask", "", {}, "400 update_mask is required"],
    [
      "of its cluster",
      "endpoint",
      membership(),
      '400 Invalid update_mask: "endpoint" cannot be changed, but labels, authority, ' +
        "externalId, monitoringConfig.",
    ],
    [
      "of its issuer to another's",
      "authority",
      { authority: { issuer: "https://example.com" } },
      '400 InvalidValueError for field authority.issuer: "https://example.com" is not the issuer ' +
        `of the cluster, https://container.googleapis.com/v1/${CLUSTER_NAME}`,
    ],
  ])("is refused %s", async (_what, mask, body, message) => {
    await expect(patch(mask, body)).rejects.toThrow(message);
  });
});

describe("what GKE Hub answers", () => {
  const versions = ["v1", "v1beta", "v1beta1"];
  const at = (version: string) => HUB.replace("/v1/", `/${version}/`);
  const TYPES = "type.googleapis.com/google.cloud.gkehub";
  beforeEach(() => makeCluster(cloud));

  it.each(versions)("is of its version: %s", async (version) => {
    const url = `${at(version)}/memberships`;
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 100 });
    const begun = await cloud.start("POST", `${url}?membershipId=eu`, membership());
    const { name } = begun;
    const metadata = {
      "@type": `${TYPES}.${version}.OperationMetadata`,
      createTime: expect.any(String),
      target: MEMBERSHIP,
      verb: "create",
      apiVersion: version,
    };
    expect(begun).toEqual({
      name: expect.stringMatching(
        `^projects/${PROJECT}/locations/global/operations/operation-\\d+-`,
      ),
      metadata,
    });
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0 });
    const made = await cloud.finished(url, begun);
    const poll = `https://gkehub.googleapis.com/${version}/${String(name)}`;
    expect(await cloud.start("GET", poll)).toEqual({
      name,
      metadata: { ...metadata, endTime: expect.any(String) },
      done: true,
      response: { "@type": `${TYPES}.${version}.Membership`, ...made },
    });
    expect(await cloud.run("GET", `${url}/eu`)).toEqual(made);
    // Of the first version alone.
    expect("infrastructureType" in made).toBe(version === "v1beta1");
  });

  it("ends a deletion with nothing", async () => {
    await makeMembership(cloud);
    const url = `${HUB}/memberships/eu`;
    const begun = await cloud.start("DELETE", url);
    await cloud.finished(url, begun);
    const poll = `https://gkehub.googleapis.com/v1/${String(begun.name)}`;
    expect(await cloud.start("GET", poll)).toMatchObject({
      metadata: { verb: "delete", target: MEMBERSHIP },
      done: true,
      response: { "@type": "type.googleapis.com/google.protobuf.Empty" },
    });
  });

  it("lists in pages, here and everywhere", async () => {
    expect(await cloud.run("GET", `${HUB}/memberships`)).toEqual({});
    await cloud.run("POST", `${CONTAINER}/clusters`, {
      cluster: { name: "us", initialNodeCount: 1, network: "vpc", subnetwork: "nodes" },
    });
    await makeMembership(cloud);
    const regional = HUB.replace("global", REGION);
    const other = membership(CLUSTER_NAME.replace(/eu$/, "us"));
    await cloud.run("POST", `${regional}/memberships?membershipId=us`, other);
    const names = async (url: string) => {
      const { resources, nextPageToken } = await cloud.run("GET", url);
      return { names: (resources as JsonObject[]).map(({ name }) => name), nextPageToken };
    };
    const [here, everywhere] = [`${HUB}/memberships`, `${HUB.replace("global", "-")}/memberships`];
    const second = `projects/${PROJECT}/locations/${REGION}/memberships/us`;
    expect(await names(here)).toEqual({ names: [MEMBERSHIP] });
    expect(await names(everywhere)).toEqual({ names: [MEMBERSHIP, second] });
    const { names: first, nextPageToken } = await names(`${everywhere}?pageSize=1`);
    expect(first).toEqual([MEMBERSHIP]);
    expect(await names(`${everywhere}?pageSize=1&pageToken=${String(nextPageToken)}`)).toEqual({
      names: [second],
    });
  });

  it("lists its operations", async () => {
    await makeMembership(cloud);
    const { operations } = await cloud.run("GET", `${HUB}/operations`);
    expect(operations).toMatchObject([{ metadata: { target: MEMBERSHIP }, done: true }]);
  });

  it("does not pretend to filter", async () => {
    const filtered = cloud.run("GET", `${HUB}/memberships?filter=labels.a:*`);
    await expect(filtered).rejects.toThrow(
      "501 gkehub.projects.locations.memberships.list: filter is not emulated.",
    );
  });

  it("has no features in its first version", async () => {
    await expect(cloud.run("GET", `${at("v1beta1")}/features`)).rejects.toThrow(
      "404 Method not found.",
    );
  });
});

describe("features", () => {
  it("have names that the hub knows", async () => {
    await expect(cloud.run("POST", `${HUB}/features?featureId=mci-1a2b3c4`, {})).rejects.toThrow(
      '400 InvalidValueError for field feature_id: "mci-1a2b3c4" is not a feature; known are ' +
        "clusterupgrade, configmanagement, fleetobservability, identityservice, " +
        "multiclusteringress, multiclusterservicediscovery, policycontroller, " +
        "rbacrolebindingactuation, servicemesh, workloadidentity",
    );
  });

  it("are there once for each fleet", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await enableIngress();
    await expect(enableIngress()).rejects.toThrow(`409 Resource '${FEATURE}' already exists`);
  });

  it("are global", async () => {
    const regional = HUB.replace("global", REGION);
    await expect(
      cloud.run("POST", `${regional}/features?featureId=multiclusteringress`, INGRESS),
    ).rejects.toThrow(
      '400 InvalidValueError for field location: features are "global", not "europe-west4"',
    );
  });
});
