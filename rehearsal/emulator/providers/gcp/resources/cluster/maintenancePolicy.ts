import { isMap, PropertyMap, Value } from "../../../plugin";
import { Json } from "../../engine/json";
import { goStruct } from "../../engine/goStruct";
import { block, blockSet, isZero, num, str } from "../../engine/schema";
import { omit, text } from "../../engine/values";
import { matching } from "../checks";

const rfc3339 = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);

export const maintenancePolicy = block("O", {
  dailyMaintenanceWindow: block("O", {
    duration: str("C"),
    startTime: str("R", { check: matching(/^([01]\d|2[0-3]):[0-5]\d$/) }),
  }),
  disruptionBudget: block("O", {
    lastDisruptionTime: str("C"),
    lastMinorVersionDisruptionTime: str("C"),
    minorVersionDisruptionInterval: str("O"),
    patchVersionDisruptionInterval: str("O"),
  }),
  maintenanceExclusions: blockSet("O", {
    endTime: str("O", { check: rfc3339 }),
    exclusionName: str("R"),
    exclusionOptions: block("O", {
      endTimeBehavior: str("O", { allowed: ["UNTIL_END_OF_SUPPORT"] }),
      scope: str("R", {
        allowed: ["NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"],
      }),
    }),
    startTime: str("R", { check: rfc3339 }),
  }),
  recurringMaintenanceWindow: block("O", {
    delayUntil: block("O", { day: num("R"), month: num("R"), year: num("R") }),
    recurrence: str("R"),
    windowDuration: str("R"),
    windowStartTime: block("R", { hours: num("R"), minutes: num("R"), seconds: num("R") }),
  }),
  recurringWindow: block("O", {
    endTime: str("R", { check: rfc3339 }),
    recurrence: str("R"),
    startTime: str("R", { check: rfc3339 }),
  }),
});

/**
 * The whole policy, whichever part has changed.
 * @param there the policy that the cluster has: its version is sent, and its exclusions stay if the program has none
 */
export function maintenanceToApi(policy: Value | undefined, there: unknown): Json {
  const current = isMap(there as PropertyMap) ? (there as PropertyMap) : {};
  const { resourceVersion } = current;
  const given = isMap(policy) ? policy : {};
  const { dailyMaintenanceWindow: daily, recurringWindow, recurringMaintenanceWindow } = given;
  const { disruptionBudget } = given;
  const kept = isMap(current.window) ? current.window.maintenanceExclusions : undefined;
  const excluded = Array.isArray(given.maintenanceExclusions)
    ? exclusionsToApi(given.maintenanceExclusions.filter(isMap))
    : {};
  const maintenanceExclusions = Object.keys(excluded).length > 0 ? excluded : kept;
  return {
    ...(!isZero(resourceVersion) && { resourceVersion }),
    ...(isMap(disruptionBudget) && { disruptionBudget: budgetToApi(disruptionBudget) }),
    window: {
      ...(!isZero(maintenanceExclusions as Value) && { maintenanceExclusions }),
      ...(isMap(daily) && { dailyMaintenanceWindow: { startTime: daily.startTime } }),
      ...(isMap(recurringWindow) && { recurringWindow: recurringToApi(recurringWindow) }),
      ...(isMap(recurringMaintenanceWindow) && {
        recurringMaintenanceWindow: goStruct(recurringMaintenanceWindow),
      }),
    },
  };
}

function budgetToApi(budget: PropertyMap): unknown {
  return goStruct(omit(budget, "lastDisruptionTime", "lastMinorVersionDisruptionTime"));
}

export function maintenanceFromApi(policy: unknown): PropertyMap | undefined {
  const window = isMap(policy as PropertyMap) ? (policy as PropertyMap).window : undefined;
  if (!isMap(window)) return undefined;
  const { recurringWindow, maintenanceExclusions, ...others } = window;
  const { disruptionBudget } = policy as PropertyMap;
  return {
    ...others,
    ...(isMap(disruptionBudget) && { disruptionBudget }),
    ...(isMap(recurringWindow) && { recurringWindow: recurringFromApi(recurringWindow) }),
    ...(isMap(maintenanceExclusions) && {
      maintenanceExclusions: exclusionsFromApi(maintenanceExclusions),
    }),
  };
}

function recurringToApi({ recurrence, ...window }: PropertyMap): Json {
  return { recurrence, window };
}

function recurringFromApi({ recurrence, window }: PropertyMap): PropertyMap {
  return { ...(isMap(window) ? window : {}), recurrence: recurrence ?? null };
}

/** Exclusions by name; the list of the provider is a map in the API. */
function exclusionsToApi(exclusions: PropertyMap[]): Json {
  return Object.fromEntries(
    exclusions.map(({ exclusionName, exclusionOptions, ...times }) => [
      text(exclusionName),
      { ...times, ...(exclusionOptions && { maintenanceExclusionOptions: exclusionOptions }) },
    ]),
  );
}

function exclusionsFromApi(exclusions: PropertyMap): PropertyMap[] {
  return Object.entries(exclusions).map(([exclusionName, exclusion]) => {
    const { maintenanceExclusionOptions: options, ...times } = isMap(exclusion) ? exclusion : {};
    return { exclusionName, ...times, ...(options && { exclusionOptions: options }) };
  });
}
