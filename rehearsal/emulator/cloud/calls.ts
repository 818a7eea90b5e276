/** Counters of calls, all since the daemon started. */
export class Calls {
  requests = 0;
  byService: Record<string, number> = {};

  count(service: string): void {
    this.requests++;
    this.byService[service] = (this.byService[service] ?? 0) + 1;
  }
}
