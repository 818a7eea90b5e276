import { setTimeout as sleep } from "node:timers/promises";

import { ApiError, LostOperation, OperationError } from "../../engine/cloud";
import { Json } from "../../engine/json";
import { containerOperations } from "../../engine/operations";
import { locationOf, projectOf } from "../../engine/place";
import { during, whileReading, worded } from "../../engine/refusals";
import { Backend, Context, PartialCreation, ResourceType } from "../../engine/resource";
import { gone, splitName, withoutLocal } from "../../engine/rest";
import { isZero } from "../../engine/schema";
import { CONTAINER } from "./api";
import { clusterToApi } from "./body";
import { properties } from "./properties";
import { atRest, isInError } from "./rest";
import { clusterFromApi } from "./translate";
import { ClusterUpdate } from "./updateRows";
import { clusterUpdates } from "./updates";
import { messageOf } from "../../../../../toolchain/errors";

const NINETY_MINUTES = 90 * 60;
const NAMED_RANGES = ["clusterSecondaryRangeName", "servicesSecondaryRangeName"];
const POLICY = "ipAllocationPolicy";

const PROVISIONING_PAUSE_MS = 500;

/** id: `projects/{project}/locations/{location}/clusters/{name}` */
export const cluster: ResourceType = {
  token: "gcp:container/cluster:Cluster",
  upstream: "ContainerCluster",
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
      const there = await policyThere(context, id);
      const body = clusterToApi(withoutLocal(properties, inputs), id, there);
      const { minMasterVersion } = inputs;
      if (!isZero(minMasterVersion)) body.initialClusterVersion = minMasterVersion;
      const [collection] = splitName(url(id));
      await cloud
        .operate(containerOperations, "POST", collection, { cluster: body }, deadline)
        .catch((error: unknown) => failedCreation(context, id, error));
      if (inputs.removeDefaultNodePool === true) await removeDefaultPool(context, id);
      await checkMade(context, id);
      return id;
    },
    async read(context, id, known) {
      const json = await gone(made(context, id)).catch(
        whileReading(`Container Cluster "${nameIn(id)}"`),
      );
      return json && clusterFromApi(json, id, known);
    },
    async update(context, id, change) {
      const send = async (calls: ClusterUpdate[]) => {
        for (const { verb, path = "", body, activity, mayBeGone } of calls) {
          const { cloud, deadline } = context;
          const sent = typeof body === "function" ? await body() : body;
          const call = cloud.operate(containerOperations, verb, url(id) + path, sent, deadline);
          await (mayBeGone ? gone(call) : call).catch(during(activity));
        }
      };
      await atRest(context, url(id));
      const { first, last } = clusterUpdates(context, id, change);
      await send(first);
      await atRest(context, url(id));
      await send(last);
      return id;
    },
    async delete(context, id, { deletionProtection }) {
      if (deletionProtection === true) {
        throw new Error(
          "Cannot destroy cluster because deletion_protection is set to true. " +
            "Set it to false to proceed with cluster deletion.",
        );
      }
      const { cloud, deadline } = context;
      if (!(await gone(atRest(context, url(id))))) return;
      const activity = "deleting GKE cluster";
      await cloud
        .operate(containerOperations, "DELETE", url(id), undefined, deadline)
        .catch(worded("Error deleting Cluster", (failure) => failure.during(activity)));
    },
  };
}

/** The maintenance policy of an existing cluster; any other answer counts as no policy. */
async function policyThere({ cloud, deadline }: Context, id: string): Promise<unknown> {
  const there = await cloud
    .call("GET", `${CONTAINER}/${id}`, undefined, deadline)
    .catch((error: unknown) => {
      if (error instanceof ApiError) return undefined;
      throw error;
    });
  return there?.maintenancePolicy;
}

/** A failed cluster is reported, and stays in the state. */
async function checkMade(context: Context, id: string): Promise<void> {
  const cluster = await atRest(context, `${CONTAINER}/${id}`);
  if (!isInError(cluster)) return;
  const state = String(cluster.status);
  const why = new Error(`Cluster ${nameIn(id)} was created in the error state "${state}"`);
  throw new PartialCreation(id, why);
}

/**
 * A cluster whose creation was left behind does not tell yet how it is reached: reading waits for it, where the official
 * provider waits for the operation that its state has kept.
 */
async function made({ cloud, deadline }: Context, id: string): Promise<Json> {
  for (;;) {
    const json = await cloud.call("GET", `${CONTAINER}/${id}`, undefined, deadline);
    if (json.status !== "PROVISIONING" || Date.now() > deadline.until) return json;
    await sleep(PROVISIONING_PAUSE_MS);
  }
}

async function removeDefaultPool({ cloud, deadline }: Context, id: string): Promise<void> {
  const pool = `${CONTAINER}/${id}/nodePools/default-pool`;
  const activity = "removing default node pool";
  await cloud
    .operate(containerOperations, "DELETE", pool, undefined, deadline)
    .catch((error: unknown) => {
      const why =
        error instanceof OperationError
          ? `Error while waiting to delete default node pool: ${error.during(activity)}`
          : `Error deleting default node pool: ${messageOf(error)}`;
      throw new PartialCreation(id, new Error(why, { cause: error }));
    });
}

/**
 * A cluster that exists although its creation failed stays in the state, so that it can be
 * removed.
 */
async function failedCreation(context: Context, id: string, error: unknown): Promise<never> {
  if (!(error instanceof OperationError)) throw error;
  const failure = new Error(error.during("creating GKE cluster"), { cause: error });
  if (error instanceof LostOperation) throw new PartialCreation(id, failure);
  const read = context.cloud.call("GET", `${CONTAINER}/${id}`, undefined, context.deadline);
  if (await gone(read)) throw new PartialCreation(id, failure);
  throw failure;
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
