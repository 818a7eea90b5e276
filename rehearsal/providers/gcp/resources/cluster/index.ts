import { setTimeout as sleep } from "node:timers/promises";

import { PropertyMap } from "../../../plugin";
import { ApiError, Json, LostOperation, OperationError } from "../../engine/cloud";
import { locationOf, projectOf } from "../../engine/place";
import { Backend, Context, PartialCreation, ResourceType } from "../../engine/resource";
import { gone, patchOf, splitName, withoutLocal } from "../../engine/rest";
import { isZero } from "../../engine/schema";
import { text } from "../../engine/values";
import { properties } from "./properties";
import { clusterFromApi, clusterToApi } from "./translate";

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
  const url = (id: string) => `/container/v1/${id}`;
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
        .operate("POST", collection, { cluster: body }, deadline)
        .catch((error: unknown) => failedCreation(context, id, error));
      if (inputs.removeDefaultNodePool === true) await removeDefaultPool(context, id);
      return id;
    },
    async read(context, id, known) {
      const json = await gone(atRest(context, id));
      return json && clusterFromApi(json, id, known);
    },
    async update({ cloud, deadline }, id, change) {
      const patch = clusterToApi(patchOf(properties, change));
      const version = newVersion(change.before, change.after);
      if (version !== undefined) patch.desiredMasterVersion = version;
      if (Object.keys(patch).length === 0) return id;
      await cloud.operate("PATCH", url(id), patch, deadline).catch((error: unknown) => {
        if (!(error instanceof OperationError)) throw error;
        throw new Error(`Error waiting for updating GKE cluster: ${error.message}`, {
          cause: error,
        });
      });
      return id;
    },
    async delete({ cloud, deadline }, id, { deletionProtection }) {
      if (deletionProtection === true) {
        throw new Error(
          "Cannot destroy cluster because deletion_protection is set to true. " +
            "Set it to false to proceed with cluster deletion.",
        );
      }
      await gone(cloud.operate("DELETE", url(id), undefined, deadline)).catch((error: unknown) => {
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
    const json = await cloud.call("GET", `/container/v1/${id}`, undefined, deadline);
    if (json.status !== "PROVISIONING" || Date.now() > deadline.until) return json;
    await sleep(PROVISIONING_PAUSE_MS);
  }
}

async function removeDefaultPool({ cloud, deadline }: Context, id: string): Promise<void> {
  const pool = `/container/v1/${id}/nodePools/default-pool`;
  await gone(cloud.operate("DELETE", pool, undefined, deadline)).catch((error: unknown) => {
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
  const read = context.cloud.call("GET", `/container/v1/${id}`, undefined, context.deadline);
  if (await gone(read)) throw new PartialCreation(id, failure);
  throw failure;
}

/**
 * `minMasterVersion` is a floor that counts where it changes: it upgrades an older cluster and leaves a newer one alone.
 * A minor such as `1.36` compares as 1.36.0 and is sent as it is; GKE takes its newest version.
 * Source: resource_container_cluster.go of terraform-provider-google-beta, 93c65b2d60.
 */
function newVersion(state: PropertyMap, inputs: PropertyMap): string | undefined {
  const wanted = text(inputs.minMasterVersion);
  if (wanted === "" || wanted === state.minMasterVersion) return undefined;
  return isOlder(text(state.masterVersion), wanted) ? wanted : undefined;
}

/** As hashicorp/go-version has it: `-gke.1391002` is a pre-release, older than the same without it. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map(numbersOf);
  const index = (left ?? []).findIndex((number, i) => number !== right?.[i]);
  return index >= 0 && (left?.[index] ?? 0) < (right?.[index] ?? 0);
}

function numbersOf(version: string): number[] {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-gke\.(\d+))?$/.exec(version);
  if (!match) throw new Error(`malformed version: ${version}`);
  const [, major, minor = 0, patch = 0, build = Infinity] = match;
  return [major, minor, patch, build].map(Number);
}
