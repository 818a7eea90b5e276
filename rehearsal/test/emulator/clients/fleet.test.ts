import { CLUSTER, CONTAINER, makeCluster, PROJECT, REGION } from "../cloud/support/testCloud";
import { ran, TIME } from "./support/ran";

const done = ran("fleet", {
  apis: ["compute", "container", "gkehub", "multiclusteringress", "trafficdirector"],
  prepare: async (cloud) => {
    await makeCluster(cloud);
    const us = { ...CLUSTER, name: "us", ipAllocationPolicy: undefined };
    await cloud.run("POST", `${CONTAINER}/clusters`, { cluster: us });
  },
});

const parent = `projects/${PROJECT}/locations/global`;
const cluster = `projects/${PROJECT}/locations/${REGION}/clusters/eu`;
const issuer = `https://container.googleapis.com/v1/${cluster}`;
const eu = `${parent}/memberships/eu`;
const ingress = `${parent}/features/multiclusteringress`;
const type = (name: string) => `type.googleapis.com/google.cloud.gkehub.v1.${name}`;
const operation = (verb: string, target: string, response: object) => ({
  ...{ done: true, response },
  name: expect.stringMatching(new RegExp(`^${parent}/operations/operation-`)),
  metadata: {
    "@type": type("OperationMetadata"),
    ...{ createTime: TIME, endTime: TIME, target, verb, apiVersion: "v1" },
  },
});
const nothing = { "@type": "type.googleapis.com/google.protobuf.Empty" };

const membership = {
  name: eu,
  endpoint: { gkeCluster: { resourceLink: `//container.googleapis.com/${cluster}` } },
  authority: {
    ...{ issuer, identityProvider: issuer },
    workloadIdentityPool: `${PROJECT}.svc.id.goog`,
  },
  ...{ uniqueId: expect.any(String), createTime: TIME, updateTime: TIME },
  state: { code: "READY" },
};
const feature = {
  name: ingress,
  spec: { multiclusteringress: { configMembership: eu } },
  ...{ createTime: TIME, updateTime: TIME, resourceState: { state: "ACTIVE" } },
  state: { state: { code: "OK", description: "Ready to use", updateTime: TIME } },
};

it("googleapis makes, reads, lists, changes and deletes memberships, and waits for it", () => {
  const made = { "@type": type("Membership"), ...membership };
  expect(done().membership).toEqual({
    created: operation("create", eu, made),
    read: membership,
    listed: [[eu], [`${parent}/memberships/us`]],
    changed: operation("update", eu, { ...made, labels: { team: "a" } }),
    there: { code: 409, message: `Resource '${eu}' already exists` },
    second: {
      code: 409,
      message:
        `intend to register the cluster with resource: //gkehub.googleapis.com/` +
        `${parent}/memberships/again, but the cluster is already registered with resource: ` +
        `//gkehub.googleapis.com/${eu}`,
    },
    maskless: { code: 400, message: "update_mask is required" },
    held: {
      code: 400,
      message: `The membership '${eu}' is still in use by '${ingress}'`,
    },
    deleted: operation("delete", eu, nothing),
    after: { code: 404, message: `Resource '${eu}' was not found` },
  });
});

it("makes, reads, lists, changes and deletes features", () => {
  const made = { "@type": type("Feature"), ...feature };
  expect(done().feature).toEqual({
    created: operation("create", ingress, made),
    read: feature,
    listed: [[ingress], [`${parent}/features/fleetobservability`]],
    changed: operation("update", ingress, { ...made, labels: { team: "a" } }),
    nowhere: {
      code: 400,
      message: expect.stringMatching(
        /^InvalidValueError for field spec\.multiclusteringress\.config_membership: "/,
      ),
    },
    deleted: operation("delete", ingress, nothing),
    after: { code: 404, message: `Resource '${ingress}' was not found` },
  });
});

it("lists operations", () => {
  expect((done().operations as string[][]).map((page) => page.length)).toEqual([4, 4]);
  expect((done().operations as string[][]).flat().sort()).toEqual([
    ...["create", "create", "create", "create"],
    ...["delete", "delete", "update", "update"],
  ]);
});
