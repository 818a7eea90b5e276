import {
  CONTAINER,
  HUB,
  INGRESS,
  makeCluster,
  makeMembership,
  NETWORKS,
  PROJECT,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
afterEach(() => cloud.stop());

const disabled = (title: string, api: string) =>
  `403 ${title} has not been used in project ${PROJECT} before or it is disabled. Enable it by ` +
  `visiting https://console.developers.google.com/apis/api/${api}/overview?project=${PROJECT} ` +
  "then retry.";

const PROJECT_URL = `/cloudresourcemanager/v1/projects/${PROJECT}`;
const ACCOUNTS = `/iam/v1/projects/${PROJECT}/serviceAccounts`;

it.each([
  ["Compute Engine API", "compute.googleapis.com", "POST", NETWORKS],
  ["Kubernetes Engine API", "container.googleapis.com", "POST", `${CONTAINER}/clusters`],
  ["Kubernetes Engine API", "container.googleapis.com", "GET", `${CONTAINER}/serverConfig`],
  ["GKE Hub API", "gkehub.googleapis.com", "POST", `${HUB}/memberships?membershipId=eu`],
  ["GKE Hub API", "gkehub.googleapis.com", "POST", `${HUB}/features?featureId=multiclusteringress`],
  ["Cloud Resource Manager API", "cloudresourcemanager.googleapis.com", "GET", PROJECT_URL],
  [
    "Cloud Resource Manager API",
    "cloudresourcemanager.googleapis.com",
    "POST",
    `${PROJECT_URL}:getIamPolicy`,
  ],
  ["Identity and Access Management (IAM) API", "iam.googleapis.com", "POST", ACCOUNTS],
])("%s: %s is needed to %s %s", async (title, api, method, url) => {
  cloud = await TestCloud.start([]);
  await expect(cloud.run(method, url, method === "POST" ? {} : undefined)).rejects.toThrow(
    disabled(title, api),
  );
  const { json } = await cloud.call(method, url, method === "POST" ? {} : undefined);
  expect(json).toMatchObject({
    error: {
      code: 403,
      status: "PERMISSION_DENIED",
      details: [{ reason: "SERVICE_DISABLED", metadata: { service: api } }],
    },
  });
});

it.each([
  ["Multi Cluster Ingress API", "multiclusteringress.googleapis.com"],
  ["Traffic Director API", "trafficdirector.googleapis.com"],
])("%s is needed for the feature multiclusteringress", async (title, api) => {
  cloud = await TestCloud.start();
  await makeCluster(cloud);
  await makeMembership(cloud);
  const enable = () => cloud.run("POST", `${HUB}/features?featureId=multiclusteringress`, INGRESS);
  await cloud.run("POST", `/serviceusage/v1/projects/${PROJECT}/services/${api}:disable`);
  await expect(enable()).rejects.toThrow(disabled(title, api));
  await cloud.enable(api);
  expect(await enable()).toMatchObject(INGRESS);
});

it("a cluster that registers itself needs the hub's API", async () => {
  cloud = await TestCloud.start(["compute", "container"]);
  await expect(makeCluster(cloud, { fleet: { project: PROJECT } })).rejects.toThrow(
    disabled("GKE Hub API", "gkehub.googleapis.com"),
  );
});

it("an API is on when its operation is done, not before", async () => {
  cloud = await TestCloud.start([]);
  await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.01 });
  const done = cloud.enable("compute.googleapis.com");
  await expect(cloud.run("GET", NETWORKS)).rejects.toThrow(
    disabled("Compute Engine API", "compute.googleapis.com"),
  );
  await done;
  expect(await cloud.run("GET", NETWORKS)).toEqual({ items: [] });
  expect(cloud.gke.view.apiEnabled(PROJECT, "compute.googleapis.com")).toBe(true);
});

it("an API can be enabled twice", async () => {
  cloud = await TestCloud.start([]);
  await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.001 });
  const name = `/serviceusage/v1/projects/${PROJECT}/services/dns.googleapis.com`;
  const both = await Promise.all([
    cloud.run("POST", `${name}:enable`),
    cloud.run("POST", `${name}:enable`),
  ]);
  const enabled = { service: { name: name.slice("/serviceusage/v1/".length), state: "ENABLED" } };
  expect(both).toEqual([enabled, enabled]);
  const listed = await cloud.run("GET", `/serviceusage/v1/projects/${PROJECT}/services`);
  expect((listed.services as { config: { name: string } }[]).map((s) => s.config.name)).toEqual([
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "servicemanagement.googleapis.com",
    "serviceusage.googleapis.com",
    "storage.googleapis.com",
    "dns.googleapis.com",
  ]);
});

it("names of APIs and projects have a form", async () => {
  cloud = await TestCloud.start([]);
  await expect(cloud.enable("dns")).rejects.toThrow(
    `400 Service 'dns' not found: the name of an API ends with ".googleapis.com".`,
  );
  await expect(cloud.run("GET", "/compute/v1/projects/My/global/networks")).rejects.toThrow(
    '400 Invalid project id: "My".',
  );
});

describe("service agents", () => {
  const generate = (api: string) =>
    cloud.run(
      "POST",
      `/serviceusage/v1beta1/projects/${PROJECT}/services/${api}:generateServiceIdentity`,
      {},
    );

  it("are made for an API that is on", async () => {
    cloud = await TestCloud.start([]);
    const api = "multiclusteringress.googleapis.com";
    await expect(generate(api)).rejects.toThrow(
      `400 Service '${api}' is not enabled in project '${PROJECT}': enable it before its ` +
        "service identity is generated.",
    );
    await cloud.enable(api);
    expect(await generate(api)).toEqual({ done: true, response: {} });
    const number = cloud.gke.view.projectNumber(PROJECT);
    const email = `service-${number}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
    await cloud.run("PATCH", "/admin/knobs", { identityEmails: true });
    expect(await generate(api)).toEqual({
      done: true,
      response: { email, uniqueId: expect.stringMatching(/^\d{12}$/) },
    });
  });

  it("take roles though nobody told their address", async () => {
    const api = "multiclusteringress.googleapis.com";
    cloud = await TestCloud.start(["multiclusteringress", "cloudresourcemanager"]);
    const number = cloud.gke.view.projectNumber(PROJECT);
    const agent = `service-${number}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
    const policy = { bindings: [{ role: "roles/x", members: [`serviceAccount:${agent}`] }] };
    const grant = () =>
      cloud.run("POST", `/cloudresourcemanager/v1/projects/${PROJECT}:setIamPolicy`, { policy });
    await expect(grant()).rejects.toThrow(`400 Service account ${agent} does not exist.`);
    await generate(api);
    expect(await grant()).toMatchObject(policy);
  });

  it("are not there for every API", async () => {
    cloud = await TestCloud.start(["dns"]);
    expect(await generate("dns.googleapis.com")).toEqual({ done: true, response: {} });
  });
});
