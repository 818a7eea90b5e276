import { block, blockSet, num, str } from "../../engine/schema";
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
