import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { CloudCheck } from "../../../scenarios/mutants/cloudCheck";
import { type Mutant, mutantsOf } from "../../../scenarios/mutants/mutate";
import type { Inputs, Registered } from "../../../scenarios/mutants/registered";

const PROJECT = "demo-project";
let scratch: string;
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mutants-test-"));
});
afterEach(() => fs.rmSync(scratch, { recursive: true }));

function registered(type: string, name: string, inputs: Inputs, ...dependsOn: Registered[]) {
  const waits = dependsOn.map((each) => `${each.type}::${each.name}`);
  return { type, name, inputs, protect: false, dependsOn: waits, propertyDependencies: {} };
}

const SERVICE = "gcp:projects/service:Service";
/** Tells of projects; the provider asks it about the project of every API that it enables. */
const projects = registered(SERVICE, "projects", {
  project: PROJECT,
  service: "cloudresourcemanager.googleapis.com",
});
const compute = { project: PROJECT, service: "compute.googleapis.com" };
const api = registered(SERVICE, "api", compute, projects);
const NETWORK = "gcp:compute/network:Network";
const network = registered(NETWORK, "vpc", { name: "vpc", autoCreateSubnetworks: false }, api);
const component = registered("inference-gateway:index:Network", "network", {}, network);
const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const places = { region: "europe-west4", network: "vpc" };
const subnet = registered(
  SUBNET,
  "nodes",
  { name: "nodes", ipCidrRange: "10.0.0.0/20", ...places },
  component,
);

function check(...resources: Registered[]): CloudCheck {
  const documents = process.env.DISCOVERY_DOCUMENTS ?? "";
  return new CloudCheck(resources, { project: PROJECT }, path.join(scratch, "clouds"), documents);
}

function mutantOf(resource: Registered, id: string): Mutant {
  const found = [...mutantsOf([resource])].find(({ operator, path: place }) => {
    return `${operator} ${place}`.trim() === id;
  });
  if (!found) throw new Error(`${resource.name} has no mutant "${id}"`);
  return found;
}

test("a mutant is refused by the provider, by the cloud, or with what waits for it", async () => {
  const clouds = check(projects, api, network, component, subnet);
  const refusal = (resource: Registered, id: string) => clouds.refusal(mutantOf(resource, id));
  expect(await refusal(subnet, "misspell region")).toContain("nodes: Invalid or unknown key");
  expect(await refusal(subnet, "rename network")).toContain("vpc-other' was not found");
  expect(await refusal(network, "rename name")).toContain("nodes: 1 error occurred");
  expect(await refusal(network, "leave out")).toContain("networks/vpc' was not found");
  expect(await refusal(api, "leave out")).toContain("vpc: 1 error occurred");
  expect(await refusal(network, "duplicate")).toContain("vpc-twin: 1 error occurred");
  expect(await refusal(network, "drop autoCreateSubnetworks")).toBeUndefined();
  expect(await refusal(api, "drop project")).toBeUndefined();
  expect(clouds.missingEdges).toEqual([]);
});

test("one mutant leaves nothing behind for the next", async () => {
  const clouds = check(projects, api, network);
  const mutant = mutantOf(network, "flip autoCreateSubnetworks");
  expect(await clouds.refusal(mutant)).toBeUndefined();
  expect(await clouds.refusal(mutant)).toBeUndefined();
});

test("a resource that needs another and does not wait for it is told, and made after it all the same", async () => {
  const hasty = registered(NETWORK, "hasty", { name: "hasty" });
  const clouds = check(projects, api, hasty);
  expect(await clouds.refusal(mutantOf(api, "drop project"))).toBeUndefined();
  expect(clouds.missingEdges).toHaveLength(1);
  expect(clouds.missingEdges[0]).toContain(
    `${NETWORK}::hasty does not wait for gcp:projects/service:Service::api, and needs it: 1 error`,
  );
});
