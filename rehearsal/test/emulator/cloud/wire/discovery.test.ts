import * as fs from "node:fs";
import * as path from "node:path";

import { Discovery } from "../../../../emulator/cloud/wire/discovery";
import { SERVED_APIS } from "../../../../toolchain/discoveryDocuments";

const directory = process.env.DISCOVERY_DOCUMENTS ?? "";
const discovery = Discovery.in(directory);

describe("a request's method", () => {
  test.each([
    [
      "compute.googleapis.com",
      "POST",
      "/compute/beta/projects/p/global/networks",
      "compute.networks.insert",
      "beta",
      "projects/p/global/networks",
    ],
    [
      "www.googleapis.com",
      "GET",
      "/compute/v1/projects/p/regions/r/operations/o",
      "compute.regionOperations.get",
      "v1",
      "projects/p/regions/r/operations/o",
    ],
    [
      "container.googleapis.com",
      "PUT",
      "/v1beta1/projects/p/locations/l/clusters/c",
      "container.projects.locations.clusters.update",
      "v1beta1",
      "projects/p/locations/l/clusters/c",
    ],
    [
      "container.googleapis.com",
      "POST",
      "/v1/projects/p/locations/l/clusters/c/nodePools/n:setSize",
      "container.projects.locations.clusters.nodePools.setSize",
      "v1",
      "projects/p/locations/l/clusters/c/nodePools/n",
    ],
    [
      "serviceusage.googleapis.com",
      "POST",
      "/v1/projects/p/services:batchEnable",
      "serviceusage.services.batchEnable",
      "v1",
      "projects/p/services",
    ],
    [
      "dns.googleapis.com",
      "GET",
      "/dns/v1beta2/projects/p/managedZones/z/rrsets",
      "dns.resourceRecordSets.list",
      "v1beta2",
      "projects/p/managedZones/z/rrsets",
    ],
    [
      "iam.googleapis.com",
      "GET",
      "/v1/projects/-/serviceAccounts/a%40p.iam.gserviceaccount.com",
      "iam.projects.serviceAccounts.get",
      "v1",
      "projects/-/serviceAccounts/a@p.iam.gserviceaccount.com",
    ],
    [
      "storage.googleapis.com",
      "GET",
      "/storage/v1/b/models/iam",
      "storage.buckets.getIamPolicy",
      "v1",
      "b/models/iam",
    ],
  ])("of %s: %s %s", (host, verb, pathname, id, version, name) => {
    const found = discovery.find(host, verb, pathname);
    expect([found?.method.id, found?.method.version, found?.name]).toEqual([id, version, name]);
  });

  test("names its placeholders in one way", () => {
    const pathname = "/v1/projects/p/locations/l/clusters/c/nodePools/n";
    expect(discovery.find("container.googleapis.com", "GET", pathname)?.params).toEqual({
      project: "p",
      location: "l",
      cluster: "c",
      nodePool: "n",
    });
  });

  test("tells a collection and an added word from a name", () => {
    const isNamed = (verb: string, rest: string) =>
      discovery.find("compute.googleapis.com", verb, `/compute/v1/projects/p/${rest}`)?.isNamed;
    expect(isNamed("GET", "global/networks/n")).toBe(true);
    expect(isNamed("GET", "global/networks")).toBe(false);
    expect(isNamed("POST", "regions/r/addresses/a/setLabels")).toBe(false);
  });

  test.each([
    ["another host", "container.googleapis.com", "GET", "/compute/v1/projects/p/global/networks"],
    ["another verb", "compute.googleapis.com", "PUT", "/compute/v1/projects/p/global/networks"],
    ["a version that is not served", "compute.googleapis.com", "GET", "/compute/v2/projects/p"],
    ["a path that no method has", "compute.googleapis.com", "GET", "/compute/v1/projects/p/nets"],
  ])("is none for %s", (_case, host, verb, pathname) => {
    expect(discovery.find(host, verb, pathname)).toBeUndefined();
  });
});

test("every document that is served is there, and its methods have the prefix that the table says", () => {
  for (const { file, prefix, api } of SERVED_APIS) {
    const document = JSON.parse(fs.readFileSync(path.join(directory, file), "utf8")) as {
      name: string;
      servicePath: string;
      version: string;
    };
    expect(document.name).toBe(api);
    expect(prefix).toContain(`/${document.version}/`);
    expect(`/${document.servicePath}`).toBe(document.servicePath === "" ? "/" : prefix);
  }
});
