import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { projectNumber } from "../../numericIds";
import { requireApi } from "../../enabledApis";
import { Collection, methodsOf } from "../../collection";
import { ApiError } from "../../errors";
import { at, JsonObject } from "../../json";
import { Feature, FEATURE, MEMBERSHIP } from "../../kinds";
import { baseName, projectOf } from "../../names";
import { replaced } from "../../wire/fieldMask";
import { invalidValue } from "./common";
import { INGRESS_FEATURE, isInUse } from "./featureUse";
import { hubService } from "./service";

/**
 * Features of a fleet, and the APIs that each needs beside GKE Hub's. Google refuses a feature
 * whose own API is off; that of multi-cluster Gateways and Services programs Traffic Director,
 * which both pages list as a prerequisite for Gateways, and Services are resolved by Cloud
 * DNS. Without those the feature is accepted by Google and nothing ever becomes of it: here it is
 * refused at once.
 */
const FEATURES: Record<string, string[]> = {
  [INGRESS_FEATURE]: ["multiclusteringress.googleapis.com", "trafficdirector.googleapis.com"],
  multiclusterservicediscovery: [
    "multiclusterservicediscovery.googleapis.com",
    "trafficdirector.googleapis.com",
    "dns.googleapis.com",
  ],
  clusterupgrade: [],
  configmanagement: ["anthosconfigmanagement.googleapis.com"],
  fleetobservability: [],
  identityservice: ["anthosidentityservice.googleapis.com"],
  policycontroller: ["anthospolicycontroller.googleapis.com"],
  rbacrolebindingactuation: [],
  servicemesh: ["mesh.googleapis.com"],
  workloadidentity: [],
};

/** Source: the reference of `Feature`, fields that are not output only. */
const SETTABLE = ["labels", "spec", "membershipSpecs", "scopeSpecs", "fleetDefaultMemberConfig"];

export function features(cloud: Cloud): Collection<Feature> {
  const { store, clock, operations, gke } = cloud;
  return {
    kind: FEATURE,
    service: hubService(cloud),
    methods: methodsOf("gkehub.projects.locations.features", "create"),
    changes: {
      "gkehub.projects.locations.features.patch": ({ query, body }, current) =>
        replaced(query.get("updateMask") ?? undefined, body, current, SETTABLE),
    },
    noun: "feature",
    read: ({ query, body }) => ({ id: query.get("featureId") ?? "", input: body }),
    make: (name, input) => {
      checkName(name);
      for (const api of FEATURES[baseName(name)] ?? []) requireApi(store, projectOf(name), api);
      const now = timestamp(clock);
      const feature = { ...input, createTime: now, updateTime: now };
      checkConfigMembership(cloud, name, feature);
      return feature;
    },
    change: (name, changed) => {
      const feature = { ...changed, updateTime: timestamp(clock) };
      checkConfigMembership(cloud, name, feature);
      return feature;
    },
    references: (name, feature) => {
      const membership = configMembership(name, feature);
      return membership === undefined ? [] : [{ kind: MEMBERSHIP, name: membership }];
    },
    checkDelete: (name, _body, { query }) => {
      if (query.get("force") === "true" || !isInUse(cloud, name)) return;
      throw new ApiError(
        "FAILED_PRECONDITION",
        "Feature has associated resources that should be cleaned up before deletion. Check the " +
          "Feature state details for more information. This check can be overridden by setting " +
          "force=true.",
      );
    },
    committed: () => gke.cloudChanged(),
    view: (name, body) => {
      const state = operations.runningOn(store.get(FEATURE, name)) ? "UPDATING" : "ACTIVE";
      return {
        ...body,
        name,
        resourceState: { state },
        state: { state: { code: "OK", description: "Ready to use", updateTime: body.updateTime } },
      };
    },
  };
}

/** The membership of the config cluster, under the project's id; `undefined` for other features. */
export function configMembership(feature: string, body: Feature): string | undefined {
  if (baseName(feature) !== INGRESS_FEATURE) return undefined;
  const project = projectOf(feature);
  const name = String(at(body, "spec.multiclusteringress.configMembership") ?? "");
  return name.replace(`projects/${projectNumber(project)}/`, `projects/${project}/`);
}

function checkName(name: string): void {
  const [, , , location, , id = ""] = name.split("/");
  if (location !== "global") {
    throw invalidValue("location", `features are "global", not "${location}"`);
  }
  if (id in FEATURES) return;
  throw invalidValue(
    "feature_id",
    `"${id}" is not a feature; known are ${Object.keys(FEATURES).sort().join(", ")}`,
  );
}

function checkConfigMembership({ store }: Cloud, name: string, feature: JsonObject): void {
  const membership = configMembership(name, feature as Feature);
  if (membership === undefined || store.get(MEMBERSHIP, membership)) return;
  throw invalidValue(
    "spec.multiclusteringress.config_membership",
    `"${membership}" does not match a current membership in this project. It should be in the ` +
      `form: projects/${projectOf(name)}/locations/{l}/memberships/{m}`,
  );
}
