import { ProviderConfig } from "../engine/config";
import { projectOf } from "../engine/place";
import { ApiError, Json } from "../engine/cloud";
import { PropertyMap } from "../../plugin";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, blocks, bool, map, opaque, Schema, str } from "../engine/schema";

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

const backend = rest({
  api: "gkehub/v1",
  title: "Feature",
  properties,
  idParameter: "featureId",
  name: featureName,
  toApi: ({ spec, labels, fleetDefaultMemberConfig }) => ({
    ...(spec !== undefined && { spec }),
    ...(labels !== undefined && { labels }),
    ...(fleetDefaultMemberConfig !== undefined && { fleetDefaultMemberConfig }),
  }),
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

export const feature: ResourceType = {
  token: "gcp:gkehub/feature:Feature",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  labels: "labels",
  backend: {
    ...backend,
    /** A feature is one for each fleet: creating one that is there becomes an update. */
    async create(context, inputs) {
      try {
        return await backend.create(context, inputs);
      } catch (error) {
        const { cause } = error as Error;
        if (!(cause instanceof ApiError) || cause.code !== 409) throw error;
        const id = featureName(inputs, context.config);
        const changed = ["spec", "labels", "fleetDefaultMemberConfig"];
        await backend.update?.(context, id, { before: {}, after: inputs, changed });
        return id;
      }
    },
  },
};

function featureName(inputs: PropertyMap, config: ProviderConfig): string {
  const place = `projects/${projectOf(inputs, config)}/locations/${String(inputs.location)}`;
  return `${place}/features/${String(inputs.name)}`;
}
