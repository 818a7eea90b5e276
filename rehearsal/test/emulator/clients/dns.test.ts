import { makeNetwork, NETWORKS } from "../cloud/support/testCloud";
import { ran, TIME } from "./support/ran";

const done = ran("dns", { apis: ["compute", "dns"], prepare: makeNetwork });

const zone = {
  kind: "dns#managedZone",
  ...{ name: "corp", dnsName: "corp.internal.", description: "Names of ours" },
  visibility: "private",
  privateVisibilityConfig: {
    kind: "dns#managedZonePrivateVisibilityConfig",
    networks: [
      {
        kind: "dns#managedZonePrivateVisibilityConfigNetwork",
        networkUrl: `${NETWORKS.replace("compute.", "www.")}/vpc`,
      },
    ],
  },
  ...{ id: expect.stringMatching(/^\d+$/), creationTime: TIME },
  nameServers: ["ns-gcp-private.googledomains.com."],
  cloudLoggingConfig: { kind: "dns#managedZoneCloudLoggingConfig" },
};
const set = (name: string, ttl: number, address: string) => ({
  ...{ kind: "dns#resourceRecordSet", name, type: "A", ttl },
  rrdatas: [address],
});

it("googleapis makes, reads, lists and changes zones", () => {
  expect(done().zones).toMatchObject({
    ...{ created: zone, read: zone, listed: [["corp"], ["other"]] },
    operation: { kind: "dns#operation", status: "done", type: "update" },
    changed: { ...zone, labels: { team: "a" } },
  });
});

it("makes, reads, lists and changes record sets", () => {
  const name = "llm.corp.internal.";
  const created = set(name, 60, "10.0.0.10");
  expect(done().records).toEqual({
    ...{ created, read: created, changed: set(name, 30, "10.0.0.10") },
    listed: [["NS"], ["SOA"], ["A"]],
    there: {
      code: 409,
      message: `The resource 'entity.rrset' named '${name} (A)' already exists`,
    },
    after: {
      code: 404,
      message: `The 'parameters.name' resource named '${name} (A)' does not exist.`,
    },
  });
});

it("changes several records at once, and waits for it", () => {
  const [first, second] = ["10.0.0.20", "10.0.0.21"].map((address) =>
    set("web.corp.internal.", 300, address),
  );
  const change = { kind: "dns#change", startTime: TIME, status: "done" };
  expect(done().changes).toEqual({
    added: { ...change, id: "1", additions: [first] },
    replaced: { ...change, id: "2", additions: [second], deletions: [first] },
    stale: { code: 412, message: "Precondition not met for 'entity.change.deletions[0]'" },
    listed: [["0"], ["1"], ["2"], ["3"]],
  });
});

it("is told why it is refused", () => {
  expect(done()).toMatchObject({
    zones: {
      undotted: {
        code: 400,
        message: "Invalid value for 'entity.managedZone.dnsName': 'corp.internal'",
      },
    },
    full: {
      code: 400,
      message:
        "The resource named 'corp' cannot be deleted because it contains one or more " +
        "'resource records'.",
    },
  });
});

it("deletes zones", () => {
  expect(done()).toMatchObject({
    deleted: 204,
    after: {
      code: 404,
      message: "The 'parameters.managedZone' resource named 'corp' does not exist.",
    },
  });
});
