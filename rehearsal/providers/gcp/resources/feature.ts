import { ProviderConfig } from "../engine/config";
import { longrunningOperations } from "../engine/operations";
import { projectOf } from "../engine/place";
import { Json } from "../engine/cloud";
import { PropertyMap } from "../../plugin";
import { ResourceType } from "../engine/resource";
import { adopting, rest } from "../engine/rest";
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

const SETTINGS = ["spec", "labels", "fleetDefaultMemberConfig"];

const backend = rest({
  base: "https://gkehub.googleapis.com/v1beta",
  operations: longrunningOperations,
  title: "Feature",
  properties,
  idParameter: "featureId",
  name: featureName,
  toApi: ({ spec, labels, fleetDefaultMemberConfig }) => ({
    ...(spec !== undefined && { spec }),
    ...(labels !== undefined && { labels }),
    ...(fleetDefaultMemberConfig !== undefined && { fleetDefaultMemberConfig }),
  }),
  updates: [
    {
      properties: SETTINGS,
      send: (after, { changed }) => {
        const { spec, labels, fleetDefaultMemberConfig } = after;
        const mask = SETTINGS.filter((property) => changed.includes(property));
        return {
          path: `?updateMask=${mask.join(",")}`,
          body: { spec, labels, fleetDefaultMemberConfig },
        };
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

export const feature: ResourceType = {
  token: "gcp:gkehub/feature:Feature",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  labels: "labels",
  // A fleet has each feature once. The provider asks for it, and updates it where it is there
  // (resource_gke_hub_feature.go); versions before failed with the hub's 409.
  backend: adopting(backend, featureName, SETTINGS),
};

function featureName(inputs: PropertyMap, config: ProviderConfig): string {
  const place = `projects/${projectOf(inputs, config)}/locations/${String(inputs.location)}`;
  return `${place}/features/${String(inputs.name)}`;
}
