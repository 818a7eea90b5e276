import { projectNumber } from "../../../emulator/cloud/numericIds";
import {
  COMPUTE,
  CONTAINER,
  HUB,
  IAM,
  INGRESS,
  makeCluster,
  makeMembership,
  NETWORKS,
  PROJECT,
  RESOURCE_MANAGER,
  SERVICES,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
afterEach(() => cloud.stop());

const disabled = (title: string, api: string) =>
  `403 ${title} has not been used in project ${PROJECT} before or it is disabled. Enable it by ` +
  `visiting https://console.developers.google.com/apis/api/${api}/overview?project=${PROJECT} ` +
  "then retry.";

const ACCOUNTS = `${IAM}/serviceAccounts`;
const NUMBER = projectNumber(PROJECT);

it.each([
  ["Compute Engine API", "compute.googleapis.com", "POST", NETWORKS],
  ["Kubernetes Engine API", "container.googleapis.com", "POST", `${CONTAINER}/clusters`],
  ["Kubernetes Engine API", "container.googleapis.com", "GET", `${CONTAINER}/serverConfig`],
  ["GKE Hub API", "gkehub.googleapis.com", "POST", `${HUB}/memberships?membershipId=eu`],
  ["GKE Hub API", "gkehub.googleapis.com", "POST", `${HUB}/features?featureId=multiclusteringress`],
  ["Cloud Resource Manager API", "cloudresourcemanager.googleapis.com", "GET", RESOURCE_MANAGER],
  [
    "Cloud Resource Manager API",
    "cloudresourcemanager.googleapis.com",
    "POST",
    `${RESOURCE_MANAGER}:getIamPolicy`,
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
  await cloud.run("POST", `${SERVICES}/${api}:disable`);
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
  expect(await cloud.run("GET", NETWORKS)).not.toHaveProperty("items");
  expect(cloud.gke.view.apiEnabled(PROJECT, "compute.googleapis.com")).toBe(true);
});

const DNS = "dns.googleapis.com";
const RUN = "run.googleapis.com";
const shown = (api: string, state = "ENABLED") => ({
  name: `projects/${NUMBER}/services/${api}`,
  parent: `projects/${NUMBER}`,
  config: { name: api },
  state,
});

it("an API can be enabled twice", async () => {
  cloud = await TestCloud.start([]);
  await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.001 });
  const enable = () => cloud.run("POST", `${SERVICES}/${DNS}:enable`);
  const enabled = { service: shown(DNS) };
  expect(await Promise.all([enable(), enable()])).toEqual([enabled, enabled]);
  const { services } = await cloud.run("GET", SERVICES);
  expect((services as { config: { name: string } }[]).map(({ config }) => config.name)).toEqual([
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "servicemanagement.googleapis.com",
    "serviceusage.googleapis.com",
    "storage.googleapis.com",
    DNS,
  ]);
});

it("an API that is on is enabled at once, by an operation that nobody has to wait for", async () => {
  cloud = await TestCloud.start(["dns"]);
  expect((await cloud.call("POST", `${SERVICES}/${DNS}:enable`)).json).toEqual({
    name: "operations/noop.DONE_OPERATION",
    done: true,
    response: {
      "@type": "type.googleapis.com/google.api.serviceusage.v1.EnableServiceResponse",
      service: shown(DNS),
    },
  });
});

it("an API that is enabled is an operation until it is on", async () => {
  cloud = await TestCloud.start([]);
  await cloud.call("PATCH", "/admin/knobs", { timeScale: 1 });
  const { json } = await cloud.call("POST", `${SERVICES}/${DNS}:enable`);
  expect(json).toEqual({
    name: expect.stringMatching(new RegExp(`^operations/acat\\.p2-${NUMBER}-[-0-9a-f]{36}$`)),
    metadata: {
      "@type": "type.googleapis.com/google.api.serviceusage.v1.OperationMetadata",
      resourceNames: [`projects/${NUMBER}/services/${DNS}`],
    },
  });
  for (const version of ["v1", "v1beta1"]) {
    const url = `https://serviceusage.googleapis.com/${version}/${String(json.name)}`;
    expect((await cloud.call("GET", url)).json).toEqual(json);
  }
});

describe("a batch of APIs", () => {
  const batch = (serviceIds: string[], project = PROJECT) =>
    cloud.call("POST", `${SERVICES.replace(PROJECT, project)}:batchEnable`, { serviceIds });

  it("is one operation", async () => {
    cloud = await TestCloud.start([]);
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.001 });
    const { json } = await batch([DNS, RUN]);
    expect(json).toMatchObject({
      metadata: {
        resourceNames: [`projects/${NUMBER}/services/${DNS}`, `projects/${NUMBER}/services/${RUN}`],
      },
    });
    expect(await cloud.finished(`${SERVICES}:batchEnable`, json)).toEqual({
      services: [shown(DNS), shown(RUN)],
    });
  });

  it("may have some that are on, and a project by its number", async () => {
    cloud = await TestCloud.start(["dns"]);
    const { json } = await batch([DNS, RUN], NUMBER);
    expect(await cloud.finished(`${SERVICES}:batchEnable`, json)).toEqual({
      services: [shown(DNS), shown(RUN)],
    });
    expect((await batch([DNS, RUN])).json).toMatchObject({
      name: "operations/noop.DONE_OPERATION",
    });
  });

  it.each([0, 21])("is not of %d", async (count) => {
    cloud = await TestCloud.start([]);
    const ids = Array.from({ length: count }, (_, i) => `a${i}.googleapis.com`);
    expect((await batch(ids)).json).toMatchObject({
      error: {
        code: 400,
        message: `${count} services were given; one request enables from 1 to 20 services.`,
      },
    });
  });
});

it("APIs are listed by state, in pages", async () => {
  cloud = await TestCloud.start(["dns", "run"]);
  await cloud.run("POST", `${SERVICES}/${RUN}:disable`);
  const list = (query: string) => cloud.run("GET", `${SERVICES}?${query}`);
  expect(await list("filter=state:DISABLED")).toEqual({ services: [shown(RUN, "DISABLED")] });
  const page = await list("filter=state:ENABLED&pageSize=5");
  expect(page.services).toHaveLength(5);
  expect(await list(`filter=state:ENABLED&pageToken=${String(page.nextPageToken)}`)).toEqual({
    services: [shown(DNS)],
  });
  await expect(list("filter=name:dns")).rejects.toThrow('400 Invalid filter: "name:dns".');
});

it("a project is shown as each version shows one, by its id or its number", async () => {
  cloud = await TestCloud.start();
  for (const url of [RESOURCE_MANAGER, RESOURCE_MANAGER.replace(PROJECT, NUMBER)]) {
    expect(await cloud.run("GET", url)).toEqual({
      projectId: PROJECT,
      projectNumber: NUMBER,
      name: PROJECT,
      lifecycleState: "ACTIVE",
    });
    expect(await cloud.run("GET", url.replace("/v1/", "/v3/"))).toEqual({
      name: `projects/${NUMBER}`,
      projectId: PROJECT,
      displayName: PROJECT,
      state: "ACTIVE",
    });
  }
});

it("names of APIs and projects have a form", async () => {
  cloud = await TestCloud.start([]);
  await expect(cloud.enable("dns")).rejects.toThrow(
    `400 Service 'dns' not found: the name of an API ends with ".googleapis.com".`,
  );
  await expect(
    cloud.run("GET", `${COMPUTE.replace(PROJECT, "My")}/global/networks`),
  ).rejects.toThrow('400 Invalid project id: "My".');
});

describe("service agents", () => {
  const generate = (api: string) =>
    cloud.start("POST", `${SERVICES.replace("/v1/", "/v1beta1/")}/${api}:generateServiceIdentity`);
  const generated = (identity: object) => ({
    name: "operations/finished.DONE_OPERATION",
    done: true,
    response: {
      "@type": "type.googleapis.com/google.api.serviceusage.v1beta1.ServiceIdentity",
      ...identity,
    },
  });

  it("are made for an API that is on", async () => {
    cloud = await TestCloud.start([]);
    const api = "multiclusteringress.googleapis.com";
    await expect(generate(api)).rejects.toThrow(
      `400 Service '${api}' is not enabled in project '${PROJECT}': enable it before its ` +
        "service identity is generated.",
    );
    await cloud.enable(api);
    expect(await generate(api)).toEqual(generated({}));
    const email = `service-${NUMBER}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
    await cloud.run("PATCH", "/admin/knobs", { identityEmails: true });
    expect(await generate(api)).toEqual(
      generated({ email, uniqueId: expect.stringMatching(/^\d{12}$/) }),
    );
  });

  it("take roles though nobody told their address", async () => {
    const api = "multiclusteringress.googleapis.com";
    cloud = await TestCloud.start(["multiclusteringress", "cloudresourcemanager"]);
    const agent = `service-${NUMBER}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
    const policy = { bindings: [{ role: "roles/x", members: [`serviceAccount:${agent}`] }] };
    const grant = () => cloud.run("POST", `${RESOURCE_MANAGER}:setIamPolicy`, { policy });
    await expect(grant()).rejects.toThrow(`400 Service account ${agent} does not exist.`);
    await generate(api);
    expect(await grant()).toMatchObject(policy);
  });

  it("are not there for every API", async () => {
    cloud = await TestCloud.start(["dns"]);
    expect(await generate("dns.googleapis.com")).toEqual(generated({}));
  });
});
