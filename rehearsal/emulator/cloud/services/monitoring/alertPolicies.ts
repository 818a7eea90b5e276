import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { isObject, JsonObject, without } from "../../json";
import { newNumericId } from "../../numericIds";
import { Stored } from "../../store";
import { fillIn } from "../../tables/filledIn/filledIn";
import { ALERT_POLICY as FILLED_IN } from "../../tables/filledIn/monitoring";
import { Call } from "../../wire/call";
import { replaced } from "../../wire/fieldMask";
import { pageOf } from "../../wire/pages";
import { checkAlertPolicy } from "./alertRules";
import { ALERT_POLICY, CHANNEL, notFound } from "./common";

/** Source: the reference of `projects.alertPolicies.list`. */
const PAGE = { parameter: "pageSize", max: 1000 } as const;
/** What the server sets. Source: the reference of `AlertPolicy`. */
const OWN = ["name", "creationRecord", "mutationRecord", "validity"];
const SETTABLE = [
  "alertStrategy",
  "combiner",
  "conditions",
  "displayName",
  "documentation",
  "enabled",
  "notificationChannels",
  "severity",
  "userLabels",
];

export function alertPolicyMethods({ store, clock }: Cloud): ServiceMethod[] {
  const find = ({ name }: Call) => {
    const found = store.get(ALERT_POLICY, name);
    if (!found) throw notFound();
    return found;
  };
  const record = ({ caller }: Call) => ({
    mutateTime: new Date(clock.now()).toISOString(),
    mutatedBy: caller.slice(caller.indexOf(":") + 1),
  });
  const keep = (call: Call, name: string, policy: JsonObject, creationRecord: JsonObject) => {
    checkAlertPolicy(policy, (channel) => store.get(CHANNEL, channel) !== undefined);
    const filled = fillIn(FILLED_IN, policy);
    const conditions = conditionsOf(filled, name);
    const body = { ...filled, conditions, creationRecord, mutationRecord: record(call) };
    return view(store.put(ALERT_POLICY, name, body));
  };
  return [
    {
      id: "monitoring.projects.alertPolicies.list",
      handle: (call) => {
        const all = store.list(ALERT_POLICY, `${call.name}/`);
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        if (all.length === 0) return {};
        return { alertPolicies: items.map(view), nextPageToken, totalSize: all.length };
      },
    },
    {
      id: "monitoring.projects.alertPolicies.create",
      handle: (call) => {
        const name = `${call.name}/${newNumericId()}`;
        return keep(call, name, without(call.body, OWN), record(call));
      },
    },
    { id: "monitoring.projects.alertPolicies.get", handle: (call) => view(find(call)) },
    {
      id: "monitoring.projects.alertPolicies.patch",
      // Without a mask, the whole policy is replaced. Source: the reference of `projects.alertPolicies.patch`.
      handle: (call) => {
        const { name, body } = find(call);
        const mask = call.query.get("updateMask") ?? SETTABLE.join(",");
        const policy = replaced(mask, call.body, without(body, OWN), SETTABLE);
        const created = isObject(body.creationRecord) ? body.creationRecord : {};
        return keep(call, name, policy, created);
      },
    },
    {
      id: "monitoring.projects.alertPolicies.delete",
      handle: (call) => {
        const { type, name } = find(call);
        store.delete(type, name);
        return {};
      },
    },
  ];
}

/** Each has a name of its own; one that is sent with its name is the same as before. */
function conditionsOf({ conditions }: JsonObject, policy: string): JsonObject[] {
  const all = Array.isArray(conditions) ? conditions.filter(isObject) : [];
  return all.map((condition) => ({
    name: `${policy}/conditions/${newNumericId()}`,
    ...condition,
  }));
}

function view({ name, body }: Stored): JsonObject {
  return { ...body, name };
}
