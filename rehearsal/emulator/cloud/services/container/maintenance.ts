import { createHash } from "node:crypto";

import { badRequest } from "../../errors";
import { at, isObject, JsonObject, without } from "../../json";
import { Cluster } from "../../kinds";
import { Call } from "../../wire/call";

/**
 * How much maintenance a recurring window has to leave open. Source: "Maintenance windows and
 * exclusions", 2026-08.
 */
const HOURS_OPEN = 48;
const ROLLING_DAYS = 32;
/** Shorter windows are not counted. */
const SHORTEST_HOURS = 4;

/** Long enough to see every stretch of 32 days that a weekly recurrence has. */
const HORIZON_DAYS = 3 * ROLLING_DAYS;
const HOUR_MS = 3_600_000;
const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/** In hours from the first window's day. */
interface Opening {
  from: number;
  to: number;
}

/**
 * The change that `clusters.setMaintenancePolicy` makes to a cluster: no policy, or an empty one, removes it.
 * @throws ApiError 400 where the policy was made from another than the present one
 */
export function setMaintenance({ body }: Call, current: Cluster): JsonObject {
  const policy = isObject(body.maintenancePolicy) ? body.maintenancePolicy : {};
  const { resourceVersion } = policy;
  // Who sends none has not looked.
  if (resourceVersion !== undefined && resourceVersion !== versionOf(current)) {
    throw badRequest(
      `Maintenance policy resource version "${String(resourceVersion)}" is not the current one.`,
    );
  }
  return { maintenancePolicy: checkedMaintenance(policy) ?? null };
}

/** A cluster's policy as it is answered: with its version, which is there without a policy too. */
export function shownMaintenance(cluster: Cluster): JsonObject {
  const { maintenancePolicy } = cluster;
  const policy = isObject(maintenancePolicy) ? maintenancePolicy : {};
  return { ...policy, resourceVersion: versionOf(cluster) };
}

/** Source: the reference of `MaintenancePolicy.resourceVersion`: a hash. */
function versionOf({ maintenancePolicy }: Cluster): string {
  const text = JSON.stringify(maintenancePolicy ?? {});
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** A maintenance policy as it is kept; an empty one counts as no policy. @throws ApiError where its window is too small */
export function checkedMaintenance(policy: JsonObject): JsonObject | undefined {
  const window = isObject(policy.window) ? policy.window : {};
  if (Object.keys(window).length === 0) return undefined;
  checkRecurringWindow(window.recurringWindow);
  const daily = window.dailyMaintenanceWindow;
  if (!isObject(daily)) return without(policy, ["resourceVersion"]);
  // GKE's own choice, which only it may change.
  return { window: { ...window, dailyMaintenanceWindow: { ...daily, duration: "PT4H0M0S" } } };
}

function checkRecurringWindow(recurring: JsonObject[string]): void {
  if (!isObject(recurring)) return;
  const [start, end] = ["startTime", "endTime"].map((key) =>
    Date.parse(String(at(recurring, `window.${key}`))),
  );
  if (start === undefined || end === undefined || !(end > start)) {
    throw badRequest("maintenance window end time must be after its start time");
  }
  const openings = openingsOf(start, (end - start) / HOUR_MS, String(recurring.recurrence));
  if (openings === undefined || leastOpen(openings) >= HOURS_OPEN) return;
  throw badRequest(
    `maintenance policy would go longer than ${ROLLING_DAYS}d without ${HOURS_OPEN}h maintenance ` +
      "availability",
  );
}

/** Daily and weekly recurrences; `undefined` for others, which are taken as they come. */
function openingsOf(start: number, hours: number, recurrence: string): Opening[] | undefined {
  const rule = new Map(recurrence.split(";").map((part) => part.split("=") as [string, string]));
  const first = new Date(start);
  const own = DAYS[first.getUTCDay()] ?? "";
  const weekly = rule.get("BYDAY")?.split(",") ?? [own];
  const onDays = { DAILY: DAYS, WEEKLY: weekly }[rule.get("FREQ") ?? ""];
  if (!onDays || rule.has("INTERVAL")) return undefined;
  const at = first.getUTCHours() + first.getUTCMinutes() / 60;
  return Array.from({ length: HORIZON_DAYS }, (_, day) => day)
    .filter((day) => onDays.includes(DAYS[(first.getUTCDay() + day) % 7] ?? ""))
    .map((day) => ({ from: day * 24 + at, to: day * 24 + at + hours }));
}

/** Hours that are open in the worst stretch of 32 days. It begins or ends where a window does. */
function leastOpen(openings: Opening[]): number {
  const counted = joined(openings).filter(({ from, to }) => to - from >= SHORTEST_HOURS);
  const stretch = ROLLING_DAYS * 24;
  const bounds = counted.flatMap(({ from, to }) => [from, to]);
  const starts = bounds
    .flatMap((bound) => [bound, bound - stretch])
    .filter((from) => from >= 0 && from + stretch <= (HORIZON_DAYS - 1) * 24);
  const open = starts.map((start) =>
    counted.reduce((sum, { from, to }) => {
      return sum + Math.max(0, Math.min(to, start + stretch) - Math.max(from, start));
    }, 0),
  );
  return Math.min(...open, counted.length === 0 ? 0 : Infinity);
}

/** Windows that touch are one. */
function joined(openings: Opening[]): Opening[] {
  const result: Opening[] = [];
  for (const { from, to } of openings) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}
