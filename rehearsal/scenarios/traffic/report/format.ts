/** @param seconds of one request */
export function latencyText(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
}

/** @param seconds of a step, a scenario, a run */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** @param iso UTC, ISO 8601 */
export function dateText(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** What an answer was, by its code in a record. */
export function failureText(code: string): string {
  return code === "0" ? "no answer" : `status ${code}`;
}

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
