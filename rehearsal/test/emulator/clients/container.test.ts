import { projectNumber } from "../../../emulator/cloud/numericIds";
import type { JsonObject } from "../../../emulator/cloud/json";
import { CLUSTER_NAME, makeNetwork, makeSubnet, PROJECT, REGION } from "../cloud/support/testCloud";
import { ran, TIME } from "./support/ran";

const done = ran("container", {
  apis: ["compute", "container"],
  prepare: async (cloud) => {
    await makeNetwork(cloud);
    await makeSubnet(cloud);
  },
  timeScale: 0.0005,
});

const location = `projects/${PROJECT}/locations/${REGION}`;
const POOL = `${CLUSTER_NAME}/nodePools/gpus`;
const ETAG = expect.stringMatching(/^[\w+/]{12}$/);
/** Codes of gRPC, which the library has instead of those of HTTP. */
const [INVALID, NOT_FOUND, EXISTS, ABORTED] = [3, 5, 6, 10];
const stale = { code: ABORTED, message: expect.stringMatching(/^Etag ".+" is not the current/) };

function operation(operationType: string, target: string) {
  const numbered = location.replace(PROJECT, projectNumber(PROJECT));
  return {
    name: expect.stringMatching(/^operation-/),
    ...{ operationType, status: "DONE", zone: REGION, startTime: TIME, endTime: TIME },
    targetLink: `https://container.googleapis.com/v1/${target.replace(location, numbered)}`,
  };
}

it("@google-cloud/container makes, reads and lists clusters, and waits for it", () => {
  expect(done().cluster).toMatchObject({
    created: operation("CREATE_CLUSTER", CLUSTER_NAME),
    read: {
      ...{ name: "eu", location: REGION, network: "vpc", subnetwork: "nodes", status: "RUNNING" },
      selfLink: `https://container.googleapis.com/v1/${CLUSTER_NAME}`,
      ...{ currentMasterVersion: "1.34.12-gke.1011000", etag: ETAG, currentNodeCount: 3 },
      releaseChannel: { channel: "RAPID" },
      networkConfig: { gatewayApiConfig: { channel: "CHANNEL_STANDARD" } },
      podAutoscaling: { hpaProfile: "PERFORMANCE" },
      loggingConfig: { componentConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] } },
      nodePools: [{ name: "default-pool", status: "RUNNING" }],
    },
    ...{ listed: ["eu", "other"], isOffered: true },
  });
});

it("changes them, field by field", () => {
  const updated = operation("UPDATE_CLUSTER", CLUSTER_NAME);
  expect(done().cluster).toMatchObject({
    ...{ updated, labelled: updated, conflict: stale },
    changed: {
      ...{ name: "eu", resourceLabels: { team: "a" }, releaseChannel: { channel: "RAPID" } },
      networkConfig: { gatewayApiConfig: { channel: "CHANNEL_DISABLED" } },
    },
    labelConflict: {
      code: INVALID,
      message: "Labels could not be set due to fingerprint mismatch.",
    },
  });
});

it("is told why it is refused", () => {
  expect(done().cluster).toMatchObject({
    there: { code: EXISTS, message: `Already exists: ${CLUSTER_NAME}.` },
    misnamed: {
      code: INVALID,
      message: expect.stringMatching(/^Invalid value for field "cluster\.name": "Eu"\. /),
    },
    lost: { code: INVALID, message: `Project "${PROJECT}" has no network named "nowhere".` },
    nothing: { code: INVALID, message: "Must specify a field to update." },
  });
});

it("makes, reads, lists, changes and deletes node pools", () => {
  const pool = {
    ...{ name: "gpus", initialNodeCount: 1, status: "RUNNING", etag: ETAG },
    config: { machineType: "e2-standard-8", labels: { app: "model" }, spot: true, tags: [] },
    selfLink: `https://container.googleapis.com/v1/${POOL}`,
  };
  expect(done().nodePool).toMatchObject({
    created: operation("CREATE_NODE_POOL", POOL),
    ...{ read: pool, listed: ["default-pool", "gpus"], conflict: stale },
    there: { code: EXISTS, message: `Already exists: ${POOL}.` },
    unknown: {
      code: INVALID,
      message: 'Accelerator type "nvidia-h200-141gb" does not exist in zone europe-west4-b.',
    },
    scaled: operation("UPGRADE_NODES", POOL),
    changed: {
      ...pool,
      config: { ...pool.config, tags: ["model"] },
      autoscaling: { enabled: true, minNodeCount: 1, maxNodeCount: 3, locationPolicy: "BALANCED" },
    },
    sized: operation("SET_NODE_POOL_SIZE", POOL),
    // One of the default pool in each of three zones, and two of this one.
    currentNodeCount: 9,
    deleted: operation("DELETE_NODE_POOL", POOL),
    after: { code: NOT_FOUND, message: `Not found: ${POOL}.` },
  });
});

it("deletes clusters", () => {
  expect(done().cluster).toMatchObject({
    deleted: operation("DELETE_CLUSTER", CLUSTER_NAME),
    after: { code: NOT_FOUND, message: `Not found: ${CLUSTER_NAME}.` },
  });
  const { operations } = done().cluster as JsonObject;
  expect(operations).toHaveLength(13);
  expect((operations as string[]).every((one) => one.endsWith(" DONE"))).toBe(true);
});
