import { MAINTENANCE, type Weekday } from "../../catalog/maintenance";

const HOURS_A_DAY = 24;

/**
 * The problem of a window of so many hours on these days.
 * @returns words that follow "allowed: "; undefined if GKE accepts the window
 */
export function maintenanceProblem(days: readonly Weekday[], hours: number): string | undefined {
  const why = "GKE demands 48 hours of maintenance in every 32 days, in windows of 4 or more";
  const { shortestWindowHours, hoursAWeek } = MAINTENANCE;
  const count = new Set(days).size;
  if (count < days.length) return "each day once";
  if (!Number.isInteger(hours) || hours < shortestWindowHours || hours > HOURS_A_DAY) {
    return `days with a window of ${shortestWindowHours} to ${HOURS_A_DAY} whole hours, not ${hours}: ${why}`;
  }
  if (count * hours >= hoursAWeek) return undefined;
  const least = Math.ceil(hoursAWeek / hours);
  return `${least} days or more with a window of ${hours} hours: ${why}`;
}
