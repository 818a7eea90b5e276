import { createHash, randomUUID } from "node:crypto";

import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { ApiError } from "../../errors";
import { JsonObject, optionalString, without } from "../../json";
import { projectOf } from "../../names";
import { projectNumber } from "../../numericIds";
import { Stored } from "../../store";
import { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";
import { DASHBOARD, notFound, wrong } from "./common";
import { asAnswered } from "./dashboardAnswer";
import { checkDashboard } from "./dashboardRules";

/** Source: the reference of `projects.dashboards.list`. */
const PAGE = { parameter: "pageSize", max: 1000 } as const;
/** What the server sets. */
const OWN = ["name", "etag"];

export function dashboardMethods({ store }: Cloud): ServiceMethod[] {
  const find = ({ name }: Call) => {
    const found = store.get(DASHBOARD, name);
    if (!found) throw notFound();
    return found;
  };
  /** With `validateOnly`, it is looked at and not kept. */
  const keep = ({ query }: Call, name: string, body: JsonObject) => {
    checkDashboard(body);
    const kept = asAnswered(without(body, OWN));
    if (query.get("validateOnly") === "true") {
      return view({ type: DASHBOARD.type, name, body: kept });
    }
    return view(store.put(DASHBOARD, name, kept));
  };
  return [
    {
      id: "monitoring.projects.dashboards.list",
      handle: (call) => {
        const all = store.list(DASHBOARD, `${call.name}/`);
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        return { ...(items.length > 0 && { dashboards: items.map(view) }), nextPageToken };
      },
    },
    {
      id: "monitoring.projects.dashboards.create",
      // A client may choose the id. Source: recorded answers of monitoringdashboard in Config Connector.
      handle: (call) => keep(call, `${call.name}/${idIn(call.body) ?? randomUUID()}`, call.body),
    },
    { id: "monitoring.projects.dashboards.get", handle: (call) => view(find(call)) },
    {
      id: "monitoring.projects.dashboards.patch",
      handle: (call) => {
        const found = find(call);
        checkEtag(optionalString(call.body, "etag"), etagOf(found.body));
        return keep(call, found.name, call.body);
      },
    },
    {
      id: "monitoring.projects.dashboards.delete",
      handle: (call) => {
        const { type, name } = find(call);
        store.delete(type, name);
        return {};
      },
    },
  ];
}

function idIn(body: JsonObject): string | undefined {
  return optionalString(body, "name")?.split("/").at(-1);
}

/** Source of the first words: mockgcp/mockmonitoring/dashboard.go of Config Connector. Those of the second are made. */
function checkEtag(said: string | undefined, current: string): void {
  if (said === undefined) throw wrong("Update Dashboard should specify a non empty etag.");
  if (said === current) return;
  const message = `The etag "${said}" is not the current one: the dashboard was changed meanwhile.`;
  throw new ApiError("ABORTED", message);
}

function etagOf(body: JsonObject): string {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest();
  return hash.subarray(0, 8).toString("base64");
}

/** This service calls projects by their number, whatever the request said. */
function view({ name, body }: Stored): JsonObject {
  const numbered = name.replace(/^projects\/[^/]+/, `projects/${projectNumber(projectOf(name))}`);
  return { ...body, name: numbered, etag: etagOf(body) };
}
