import type { JsonObject } from "../../../emulator/cloud/json";
import { COMPUTE, PROJECT, REGION } from "../cloud/support/testCloud";
import { ran, TIME } from "./support/ran";

const done = ran("compute", { apis: ["compute"] });
/** What the client did with resources of one kind. */
const of = (kind: string) => done()[kind] as JsonObject;

const project = `projects/${PROJECT}`;
const region = `${project}/regions/${REGION}`;
const link = (name: string) => `${COMPUTE.replace("compute.", "www.").replace(project, "")}${name}`;
const ID = expect.stringMatching(/^\d+$/);
const FINGERPRINT = expect.stringMatching(/^[\w+/]{11}=$/);

/** Codes of gRPC, which the library has instead of those of HTTP. */
const [INVALID, NOT_FOUND, CONDITION, ABORTED] = [3, 5, 9, 10];
const refusal = (code: number | undefined, message: string) => ({ code, message });
const gone = (name: string) => refusal(NOT_FOUND, `The resource '${name}' was not found`);

function operation(operationType: string, target: string) {
  return {
    kind: "compute#operation",
    name: expect.stringMatching(/^operation-/),
    ...{ operationType, status: "DONE", progress: 100, user: "owner@example.com" },
    ...{ targetLink: link(target), targetId: ID, startTime: TIME, endTime: TIME },
  };
}

it("@google-cloud/compute makes, reads, lists, changes and deletes networks, and waits for it", () => {
  const name = `${project}/global/networks/vpc`;
  const created = operation("insert", name);
  const network = {
    ...{ kind: "compute#network", id: ID, name: "vpc", selfLink: link(name), mtu: 1460 },
    ...{ autoCreateSubnetworks: false, creationTimestamp: TIME },
    routingConfig: { routingMode: "REGIONAL", bgpBestPathSelectionMode: "LEGACY" },
  };
  expect(of("network")).toMatchObject({
    ...{ created, operation: created, read: network, listed: [["other"], ["vpc"]] },
    names: ["vpc"],
    changed: { ...network, routingConfig: { routingMode: "GLOBAL" } },
    misnamed: refusal(
      INVALID,
      "Invalid value for field 'resource.name': 'Vpc'. Must be a match of regex " +
        "'(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'",
    ),
    // As the library has every 409 whose body says no more.
    there: refusal(ABORTED, `The resource '${name}' already exists`),
    used: refusal(
      INVALID,
      `The network resource '${name}' is already being used by '${region}/subnetworks/nodes'`,
    ),
    ...{ deleted: operation("delete", name), left: [], after: gone(name) },
  });
});

it("does so with subnetworks", () => {
  const name = `${region}/subnetworks/nodes`;
  const pods = { rangeName: "pods", ipCidrRange: "10.16.0.0/14" };
  const services = { rangeName: "services", ipCidrRange: "10.32.0.0/20" };
  const subnetwork = {
    ...{ kind: "compute#subnetwork", id: ID, name: "nodes", selfLink: link(name) },
    ...{ network: link(`${project}/global/networks/vpc`), region: link(region) },
    ...{ ipCidrRange: "10.0.0.0/20", gatewayAddress: "10.0.0.1", secondaryIpRanges: [pods] },
    ...{ fingerprint: FINGERPRINT, privateIpGoogleAccess: false, creationTimestamp: TIME },
  };
  expect(of("subnetwork")).toMatchObject({
    created: operation("insert", name),
    read: subnetwork,
    listed: [["more"], ["nodes"]],
    conflict: refusal(
      CONDITION,
      "Supplied fingerprint does not match current metadata fingerprint.",
    ),
    changed: {
      ...{ ...subnetwork, ipCidrRange: "10.0.0.0/19", privateIpGoogleAccess: true },
      secondaryIpRanges: [services, pods],
    },
    after: gone(name),
  });
});

it("does so with routers and their NAT", () => {
  const name = `${region}/routers/nat`;
  const nat = {
    ...{ name: "all", type: "PUBLIC", natIpAllocateOption: "AUTO_ONLY" },
    sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
  };
  const router = {
    ...{ kind: "compute#router", id: ID, name: "nat", selfLink: link(name) },
    ...{ network: link(`${project}/global/networks/vpc`), region: link(region) },
  };
  expect(of("router")).toMatchObject({
    created: operation("insert", name),
    read: { ...router, nats: [nat] },
    listed: [["nat"], ["plain"]],
    changed: {
      ...router,
      nats: [{ ...nat, logConfig: { enable: true, filter: "ERRORS_ONLY" } }],
    },
    second: {
      code: INVALID,
      message: expect.stringContaining("NAT 'all' of router 'nat' already serves all subnetworks"),
    },
    carrying: refusal(
      INVALID,
      `The router resource '${name}' is already being used by '${name}/nats/all'`,
    ),
    emptied: { ...router, nats: [] },
    after: gone(name),
  });
});

it("does so with firewall rules", () => {
  const name = `${project}/global/firewalls/health`;
  const firewall = {
    ...{ kind: "compute#firewall", id: ID, name: "health", selfLink: link(name) },
    ...{ network: link(`${project}/global/networks/vpc`), direction: "INGRESS", priority: 900 },
    ...{ sourceRanges: ["35.191.0.0/16"], disabled: false, logConfig: { enable: false } },
    allowed: [{ IPProtocol: "tcp", ports: ["8000"] }],
  };
  const patched = { ...firewall, sourceRanges: ["130.211.0.0/22"] };
  expect(of("firewall")).toMatchObject({
    created: operation("insert", name),
    ...{ read: firewall, listed: [["health"], ["other"]], patched },
    updated: { ...patched, priority: 1000, logConfig: { enable: true } },
    wrong: refusal(
      INVALID,
      "Invalid value for field 'resource.sourceRanges': '10.0.0.0/33'. Must be a valid CIDR " +
        "address range.",
    ),
    after: gone(name),
  });
});

it("does so with addresses", () => {
  const name = `${region}/addresses/vip`;
  const address = {
    ...{ kind: "compute#address", id: ID, name: "vip", selfLink: link(name) },
    ...{ address: "10.0.0.10", addressType: "INTERNAL", purpose: "SHARED_LOADBALANCER_VIP" },
    ...{ status: "RESERVED", labelFingerprint: FINGERPRINT, region: link(region) },
    subnetwork: link(`${region}/subnetworks/nodes`),
  };
  expect(of("address")).toMatchObject({
    created: operation("insert", name),
    ...{
      read: address,
      listed: [["other"], ["vip"]],
      changed: { ...address, labels: { team: "a" } },
    },
    everywhere: { [`regions/${REGION}`]: ["other", "vip"] },
    conflict: refusal(
      CONDITION,
      "Labels fingerprint either invalid or resource labels have changed",
    ),
    taken: refusal(
      INVALID,
      "Invalid value for field 'resource.address': '10.0.0.10'. Specified IP address is already " +
        "reserved.",
    ),
    after: gone(name),
  });
});
