import { setTimeout as sleep } from "node:timers/promises";

import { ApiError, Json, LostOperation, OperationError } from "../../engine/cloud";
import { containerOperations } from "../../engine/operations";
import { locationOf, projectOf } from "../../engine/place";
import { Backend, Context, PartialCreation, ResourceType } from "../../engine/resource";
import { gone, splitName, withoutLocal } from "../../engine/rest";
import { isZero } from "../../engine/schema";
import { CONTAINER } from "./api";
import { properties } from "./properties";
import { clusterFromApi, clusterToApi } from "./translate";
import { clusterUpdates } from "./updates";

const NINETY_MINUTES = 90 * 60;
const NAMED_RANGES = ["clusterSecondaryRangeName", "servicesSecondaryRangeName"];
const POLICY = "ipAllocationPolicy";

const PROVISIONING_PAUSE_MS = 500;

/** id: `projects/{project}/locations/{location}/clusters/{name}` */
export const cluster: ResourceType = {
  token: "gcp:container/cluster:Cluster",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  timeouts: { create: NINETY_MINUTES, update: NINETY_MINUTES, delete: NINETY_MINUTES },
  labels: "resourceLabels",
  constraints: [
    { conflict: "clusterIpv4Cidr", with: [POLICY] },
    { conflict: POLICY, with: ["clusterIpv4Cidr"] },
    ...["clusterIpv4CidrBlock", "servicesIpv4CidrBlock"].map((block) => ({
      conflict: `${POLICY}.${block}`,
      with: NAMED_RANGES.map((range) => `${POLICY}.${range}`),
    })),
    ...["enableShieldedNodes", "removeDefaultNodePool", "nodePools", "networkPolicy"].map(
      (name) => ({
        conflict: name,
        with: ["enableAutopilot"],
      }),
    ),
  ],
  replaceWhen: {
    enableL4IlbSubsetting: (before, after) => before === true && after === false,
    enableFqdnNetworkPolicy: (before, after) => before === true && after !== true,
  },
  plan: (inputs) => {
    if (inputs.removeDefaultNodePool === true && !isZero(inputs.nodeVersion)) {
      throw new Error("node_version can only be specified if remove_default_node_pool is not true");
    }
  },
  backend: clusterBackend(),
};

function clusterBackend(): Backend {
  const url = (id: string) => `${CONTAINER}/${id}`;
  return {
    async create(context, inputs) {
      const { cloud, config, deadline } = context;
      const place = `projects/${projectOf(inputs, config)}/locations/${locationOf(inputs, config)}`;
      const id = `${place}/clusters/${String(inputs.name)}`;
      const version = inputs.minMasterVersion;
      const body: Json = {
        ...clusterToApi(withoutLocal(properties, inputs)),
        ...(version !== undefined && { initialClusterVersion: version }),
      };
      const [collection] = splitName(url(id));
      await cloud
        .operate(containerOperations, "POST", collection, { cluster: body }, deadline)
        .catch((error: unknown) => failedCreation(context, id, error));
      if (inputs.removeDefaultNodePool === true) await removeDefaultPool(context, id);
      return id;
    },
    async read(context, id, known) {
      const json = await gone(atRest(context, id));
      return json && clusterFromApi(json, id, known);
    },
    async update(context, id, change) {
      for (const { verb, path = "", body } of await clusterUpdates(context, url(id), change)) {
        await context.cloud
          .operate(containerOperations, verb, url(id) + path, body, context.deadline)
          .catch((error: unknown) => {
            if (!(error instanceof OperationError)) throw error;
            const message = `Error waiting for updating GKE cluster: ${error.message}`;
            throw new Error(message, { cause: error });
          });
      }
      return id;
    },
    async delete({ cloud, deadline }, id, { deletionProtection }) {
      if (deletionProtection === true) {
        throw new Error(
          "Cannot destroy cluster because deletion_protection is set to true. " +
            "Set it to false to proceed with cluster deletion.",
        );
      }
      const deletion = cloud.operate(containerOperations, "DELETE", url(id), undefined, deadline);
      await gone(deletion).catch((error: unknown) => {
        if (!(error instanceof OperationError)) throw error;
        throw new Error(`Error waiting for deleting GKE cluster: ${error.message}`, {
          cause: error,
        });
      });
    },
  };
}

/**
 * A cluster that is still being made does not tell yet how it is reached; the real provider waits
 * for it too.
 */
async function atRest({ cloud, deadline }: Context, id: string): Promise<Json> {
  for (;;) {
    const json = await cloud.call("GET", `${CONTAINER}/${id}`, undefined, deadline);
    if (json.status !== "PROVISIONING" || Date.now() > deadline.until) return json;
    await sleep(PROVISIONING_PAUSE_MS);
  }
}

async function removeDefaultPool({ cloud, deadline }: Context, id: string): Promise<void> {
  const pool = `${CONTAINER}/${id}/nodePools/default-pool`;
  const deletion = cloud.operate(containerOperations, "DELETE", pool, undefined, deadline);
  await gone(deletion).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new PartialCreation(id, new Error(`error deleting default node pool: ${why}`));
  });
}

/**
 * A cluster that is there although its creation failed stays in the state, so that it can be
 * removed.
 */
async function failedCreation(context: Context, id: string, error: unknown): Promise<never> {
  if (!(error instanceof OperationError) || error instanceof ApiError) throw error;
  const failure = new Error(`Error waiting for creating GKE cluster: ${error.message}`);
  if (error instanceof LostOperation) throw new PartialCreation(id, failure);
  const read = context.cloud.call("GET", `${CONTAINER}/${id}`, undefined, context.deadline);
  if (await gone(read)) throw new PartialCreation(id, failure);
  throw failure;
}
