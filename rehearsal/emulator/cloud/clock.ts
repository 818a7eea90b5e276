/**
 * Time of the emulated cloud: the machine's own, with the durations of Google's operations scaled.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** 1: operations take as long as on the real cloud; 0: no longer than their work here. */
  timeScale(): number;
}

export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
