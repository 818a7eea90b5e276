const DEFAULT_SECONDS = 20 * 60;
const READ_SECONDS = 10 * 60;

/** Seconds. */
export interface Timeouts {
  create: number;
  update: number;
  delete: number;
}

/** When an operation has failed. */
export interface Deadline {
  /** Milliseconds since 1970. */
  until: number;
  /** How long the operation had at the start. */
  seconds: number;
}

/** @param custom seconds, from the resource's `customTimeouts` */
export function deadlineFor(
  { timeouts }: { timeouts?: Partial<Timeouts> },
  operation: keyof Timeouts,
  custom: number | undefined,
): Deadline {
  return deadlineIn(custom ?? timeouts?.[operation] ?? DEFAULT_SECONDS);
}

export function deadlineOfRead(): Deadline {
  return deadlineIn(READ_SECONDS);
}

function deadlineIn(seconds: number): Deadline {
  return { until: Date.now() + seconds * 1000, seconds };
}

/** `1h30m0s`, as Go prints durations. */
export function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
