import { type Region, regions } from "./regions";

/** Days in the order of their week. */
export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** `maintenancePolicy` of a GKE cluster. */
export interface MaintenancePolicy {
  recurringWindow: {
    /** First window, in UTC: GKE reads its time of day and its length. */
    startTime: string;
    endTime: string;
    /** RFC 5545. */
    recurrence: string;
  };
}

/**
 * GKE demands 48 hours of maintenance in every 32 days and counts no window that is shorter. Four weeks have 28 days,
 * and the four that are left may hold no window: so it is 12 hours in each week.
 * Source: "Maintenance windows and exclusions" of GKE's documentation, 2026-08.
 */
export const MAINTENANCE = { shortestWindowHours: 4, hoursAWeek: 12 };
const HOURS_A_DAY = 24;

/** A Monday in the past, so that the first window is there as soon as the cluster is. */
const FIRST_MONDAY = Date.UTC(2026, 0, 5);
const HOUR_MS = 3_600_000;

/**
 * The two days on which a cluster is upgraded where its own are not given: an upgrade that does not finish on the first
 * continues on the second. They follow from region and block alone, so that a cluster which joins or leaves changes no
 * other's, and neighbours (regions that follow each other in the catalog, blocks of a region) share no day.
 */
export function defaultMaintenanceDays(region: Region, block: number): Weekday[] {
  const first = 2 * (regions.indexOf(region) + block);
  return inWeekOrder(WEEKDAYS.filter((_, day) => [first, first + 1].some((d) => d % 7 === day)));
}

/**
 * A window on these days of every week.
 * @param startTime `HH:MM`, UTC
 * @param hours 4 to 24
 */
export function maintenancePolicy(
  days: readonly Weekday[],
  startTime: string,
  hours: number,
): MaintenancePolicy {
  const ordered = inWeekOrder(days);
  const [hour = 0, minute = 0] = startTime.split(":").map(Number);
  // The first window has to be one of the recurrence's own days, or it is one more.
  const firstDay = WEEKDAYS.findIndex((day) => day === ordered[0]);
  const start = FIRST_MONDAY + (firstDay * HOURS_A_DAY + hour + minute / 60) * HOUR_MS;
  const byDay = ordered.map((day) => day.slice(0, 2).toUpperCase()).join(",");
  return {
    recurringWindow: {
      startTime: timestamp(start),
      endTime: timestamp(start + hours * HOUR_MS),
      recurrence: `FREQ=WEEKLY;BYDAY=${byDay}`,
    },
  };
}

/** Sorted, so that reordering days makes no diff. */
function inWeekOrder(days: readonly Weekday[]): Weekday[] {
  return WEEKDAYS.filter((day) => days.includes(day));
}

/** As GKE reads it back, without milliseconds; another spelling would be a lasting diff. */
function timestamp(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
