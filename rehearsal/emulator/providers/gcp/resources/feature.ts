import { ProviderConfig } from "../engine/config";
import { longrunningOperations } from "../engine/operations";
import { projectOf } from "../engine/place";
import { ApiError } from "../engine/cloud";
import { Json } from "../engine/json";
import { PropertyMap } from "../../plugin";
import { Context, ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, blocks, bool, isZero, map, opaque, Schema, str } from "../engine/schema";
import { nonEmpty } from "./computeApi";

const properties: Schema = {
  createTime: str("C"),
  deleteTime: str("C"),
  deletionPolicy: str("OCL"),
  effectiveLabels: map("CS"),
  fleetDefaultMemberConfig: opaque("O"),
  labels: map("O"),
  location: str("RF"),
  name: str("OF"),
  project: str("OCF"),
  pulumiLabels: map("CS"),
  resourceStates: blocks("C", { hasResources: bool("C"), state: str("C") }),
  spec: block("O", {
    clusterupgrade: opaque("O"),
    fleetobservability: opaque("O"),
    multiclusteringress: block("O", { configMembership: str("R") }),
    rbacrolebindingactuation: opaque("O"),
    workloadidentity: opaque("O"),
  }),
  states: blocks("C", {
    states: blocks("C", { code: str("C"), description: str("C"), updateTime: str("C") }),
  }),
  updateTime: str("C"),
};

/** In the order of the mask. */
const SETTINGS = ["spec", "fleetDefaultMemberConfig", "labels"];

const BASE = "https://gkehub.googleapis.com/v1beta";

const backend = rest({
  base: BASE,
  operations: longrunningOperations,
  product: "GKEHub2",
  title: "Feature",
  properties,
  idParameter: "featureId",
  readQuery: "?return_partial_success=true",
  name: featureName,
  toApi: featureOf,
  updates: [
    {
      properties: SETTINGS,
      send: (after, { changed }) => {
        const mask = SETTINGS.filter((property) => changed.includes(property));
        return { path: `?updateMask=${mask.join(",")}`, body: featureOf(after) };
      },
    },
  ],
  fromApi: ({ resourceState, state, ...json }, id): PropertyMap => {
    const [, project = "", , location = "", , name = ""] = id.split("/");
    const inner = (state as { state?: Json } | undefined)?.state;
    return {
      ...(json as PropertyMap),
      ...(resourceState !== undefined && { resourceStates: [resourceState as PropertyMap] }),
      ...(inner && { states: [{ states: [inner as PropertyMap] }] }),
      project,
      location,
      name,
    };
  },
});

/** Every call sends the defaults for members, even if there are none. */
function featureOf({ spec, labels, fleetDefaultMemberConfig = null }: PropertyMap): Json {
  const given = { spec: spec ?? null, labels: labels ?? null };
  return { ...nonEmpty(given), fleetDefaultMemberConfig };
}

/** A fleet has each feature once: an existing one is updated. Any other answer counts as a missing feature. */
async function createFeature(context: Context, inputs: PropertyMap): Promise<string> {
  const { cloud, config, deadline } = context;
  const id = featureName(inputs, config);
  const found = await cloud
    .call("GET", `${BASE}/${id}`, undefined, deadline)
    .catch((error: unknown) => {
      if (error instanceof ApiError) return undefined;
      throw error;
    });
  if (!found) return backend.create(context, inputs);
  const set = SETTINGS.filter((property) => !isZero(inputs[property]));
  await backend.update?.(context, id, { before: {}, after: inputs, changed: set, paths: set });
  return id;
}

export const feature: ResourceType = {
  token: "gcp:gkehub/feature:Feature",
  upstream: "GKEHub2Feature",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  labels: "labels",
  backend: { ...backend, create: createFeature },
};

function featureName(inputs: PropertyMap, config: ProviderConfig): string {
  const place = `projects/${projectOf(inputs, config)}/locations/${String(inputs.location)}`;
  return `${place}/features/${String(inputs.name)}`;
}
