import { Value } from "../../plugin";
import { Json } from "../engine/json";
import { projectOf } from "../engine/place";
import { whileCreating, whileReading, whileUpdating } from "../engine/refusals";
import { Backend, ResourceType } from "../engine/resource";
import { gone } from "../engine/rest";
import { Schema, str } from "../engine/schema";
import { text } from "../engine/values";

const API = "https://monitoring.googleapis.com/v1";

const properties: Schema = {
  dashboardJson: str("R", { check: isJson, same: isSameDashboard }),
  deletionPolicy: str("OCL"),
  project: str("OCF"),
};

/** id: `projects/{number}/dashboards/{id}`, as the cloud names it. */
export const dashboard: ResourceType = {
  token: "gcp:monitoring/dashboard:Dashboard",
  upstream: "MonitoringDashboard",
  properties,
  timeouts: { create: 4 * 60, update: 4 * 60, delete: 4 * 60 },
  backend: dashboardBackend(),
};

function dashboardBackend(): Backend {
  const reading = (id: string) => whileReading(`MonitoringDashboard "${id}"`);
  return {
    async create({ cloud, config, deadline }, inputs) {
      const url = `${API}/projects/${projectOf(inputs, config)}/dashboards`;
      const made = await cloud
        .call("POST", url, jsonIn(inputs.dashboardJson), deadline)
        .catch(whileCreating("Dashboard"));
      return text(made.name);
    },
    async read({ cloud, config, deadline }, id, known) {
      const json = await gone(cloud.call("GET", `${API}/${id}`, undefined, deadline)).catch(
        reading(id),
      );
      // The cloud says the project's number, and the provider its id.
      return json && { dashboardJson: normalized(json), project: projectOf(known, config) };
    },
    async update({ cloud, deadline }, id, { before, after }) {
      const { etag } = jsonIn(before.dashboardJson);
      const body = { ...jsonIn(after.dashboardJson), etag };
      await cloud
        .call("PATCH", `${API}/${id}`, body, deadline)
        .catch(whileUpdating("Dashboard", id));
      return id;
    },
    async delete({ cloud, deadline }, id) {
      await gone(cloud.call("DELETE", `${API}/${id}`, undefined, deadline)).catch(reading(id));
    },
  };
}

function jsonIn(value: unknown): Json {
  return JSON.parse(text(value)) as Json;
}

function isJson(value: Value, attribute: string): string | undefined {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch (error) {
    return `"${attribute}" contains an invalid JSON: ${(error as Error).message}`;
  }
}

/** As Go writes JSON: keys in order, and the marks of HTML escaped. */
function normalized(json: unknown): string {
  return JSON.stringify(inOrder(json)).replace(
    /[<>&]/g,
    (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`,
  );
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

/**
 * What the cloud has added does not count, whatever it is; what it has left out or rounded is a permanent difference.
 * Source: `monitoringDashboardDiffSuppress`.
 */
function isSameDashboard(before: string, after: string): boolean {
  try {
    const said = JSON.parse(after) as unknown;
    return normalized(withoutAdded(JSON.parse(before), said)) === normalized(said);
  } catch {
    return false;
  }
}

function withoutAdded(had: unknown, said: unknown): unknown {
  if (Array.isArray(had) && Array.isArray(said)) {
    return had.map((item, i) =>
      i < said.length ? withoutAdded(item, said[i]) : (item as unknown),
    );
  }
  if (!isRecord(had) || !isRecord(said)) return had;
  const kept = Object.entries(had).filter(([key]) => (said[key] ?? null) !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutAdded(item, said[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
