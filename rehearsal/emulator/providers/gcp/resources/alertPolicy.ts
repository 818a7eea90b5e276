import { isMap, PropertyMap, Value } from "../../plugin";
import { goStruct } from "../engine/goStruct";
import { Json } from "../engine/json";
import { Locks } from "../engine/locks";
import { projectOf } from "../engine/place";
import { whileCreating, whileReading, whileUpdating, worded } from "../engine/refusals";
import { Backend, Context, ResourceType } from "../engine/resource";
import { gone, withoutLocal } from "../engine/rest";
import { block, blocks, bool, list, map, opaque, Schema, str } from "../engine/schema";
import { fromApi, toApi } from "../engine/translate";
import { omit, text } from "../engine/values";

const API = "https://monitoring.googleapis.com/v3";

const properties: Schema = {
  alertStrategy: block("O", {
    autoClose: str("O"),
    notificationChannelStrategies: opaque("O"),
    notificationPrompts: list("O"),
    notificationRateLimit: block("O", { period: str("O") }),
  }),
  combiner: str("R", { allowed: ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"] }),
  conditions: blocks("R", {
    conditionAbsent: opaque("O"),
    conditionMatchedLog: opaque("O"),
    conditionMonitoringQueryLanguage: opaque("O"),
    conditionPrometheusQueryLanguage: block("O", {
      alertRule: str("O"),
      disableMetricValidation: bool("O"),
      duration: str("O"),
      evaluationInterval: str("O"),
      labels: map("O"),
      query: str("R"),
      ruleGroup: str("O"),
    }),
    conditionSql: opaque("O"),
    conditionThreshold: opaque("O"),
    displayName: str("R"),
    name: str("C"),
  }),
  creationRecords: blocks("C", { mutateTime: str("C"), mutatedBy: str("C") }),
  deletionPolicy: str("OCL"),
  displayName: str("R"),
  documentation: block("O", {
    content: str("O"),
    links: blocks("O", { displayName: str("O"), url: str("O") }),
    mimeType: str("O", { default: "text/markdown" }),
    subject: str("O"),
  }),
  enabled: bool("O", { default: true }),
  name: str("C"),
  notificationChannels: list("O"),
  project: str("OCF"),
  severity: str("O", { allowed: ["CRITICAL", "ERROR", "WARNING", ""] }),
  userLabels: map("O"),
};

/** Names that differ from those of Google's API. */
const MOVES = [
  {
    here: "alertStrategy.notificationChannelStrategies",
    there: "alertStrategy.notificationChannelStrategy",
  },
];
/** What a change names, in this order. */
const MASKED = [
  "displayName",
  "combiner",
  "enabled",
  "conditions",
  "notificationChannels",
  "alertStrategy",
  "userLabels",
  "severity",
  "documentation",
];

/** id: `projects/{project}/alertPolicies/{number}`, as the cloud names it. */
export const alertPolicy: ResourceType = {
  token: "gcp:monitoring/alertPolicy:AlertPolicy",
  upstream: "MonitoringAlertPolicy",
  properties,
  backend: alertPolicyBackend(),
};

/** The policies of a project change one after the other. */
const projects = new Locks();

function alertPolicyBackend(): Backend {
  const alone = <T>({ config }: Context, known: PropertyMap, task: () => Promise<T>) =>
    projects.hold(projectOf(known, config), task);
  return {
    async create(context, inputs) {
      const { cloud, config, deadline } = context;
      const url = `${API}/projects/${projectOf(inputs, config)}/alertPolicies`;
      const made = await alone(context, inputs, () =>
        cloud.call("POST", url, policyOf(inputs), deadline),
      ).catch(whileCreating("AlertPolicy"));
      return text(made.name);
    },
    async read({ cloud, deadline }, id) {
      const json = await gone(cloud.call("GET", `${API}/${id}`, undefined, deadline)).catch(
        whileReading(`MonitoringAlertPolicy "${id}"`),
      );
      return json && stateIn(json, id);
    },
    async update(context, id, { before, after, changed }) {
      const { cloud, deadline } = context;
      const mask = MASKED.filter((property) => changed.includes(property)).join(",");
      if (mask === "") return id;
      const url = `${API}/${id}?updateMask=${encodeURIComponent(mask)}`;
      await alone(context, after, () =>
        cloud.call("PATCH", url, policyOf(named(after, before)), deadline),
      ).catch(whileUpdating("AlertPolicy", id));
      return id;
    },
    async delete(context, id, state) {
      const { cloud, deadline } = context;
      await alone(context, state, () =>
        gone(cloud.call("DELETE", `${API}/${id}`, undefined, deadline)),
      ).catch(worded("Error when reading or editing AlertPolicy", ({ message }) => message));
    },
  };
}

/** The conditions by their place, with the names that those had before: Google takes one of the same name for the same. */
function named(after: PropertyMap, before: PropertyMap): PropertyMap {
  const conditions = objectsIn(after.conditions);
  const old = objectsIn(before.conditions);
  return {
    ...after,
    conditions: conditions.map((each, i) => ({ ...each, name: old[i]?.name ?? null })),
  };
}

function objectsIn(value: Value | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function policyOf(inputs: PropertyMap): Json {
  const sent = omit(withoutLocal(properties, inputs), "project", "name", "creationRecords");
  return goStruct(toApi(sent, MOVES), ["enabled"]) as Json;
}

function stateIn({ creationRecord, ...json }: Json, id: string): PropertyMap {
  return {
    ...fromApi(json, MOVES),
    creationRecords: isMap(creationRecord as PropertyMap) ? [creationRecord as PropertyMap] : [],
    project: id.split("/")[1] ?? "",
  };
}
