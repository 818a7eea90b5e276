import type { Registration } from "../../rehearsal/stage/registrations";

/** What waits for what: edges of `dependsOn`, properties, parents and providers. */
export class Graph {
  private readonly byId: Map<string, Registration>;

  constructor(readonly registrations: Registration[]) {
    this.byId = new Map(registrations.map((registration) => [registration.id, registration]));
  }

  /** Everything that has to exist before a resource: directly or through others. */
  before(id: string): Set<string> {
    const found = new Set<string>();
    for (const next of [...this.edges(id)]) this.collect(next, found);
    return found;
  }

  private collect(id: string, found: Set<string>): void {
    if (found.has(id)) return;
    found.add(id);
    for (const next of this.edges(id)) this.collect(next, found);
  }

  private edges(id: string): string[] {
    const registration = this.byId.get(id);
    if (!registration) return [];
    const { dependsOn, parent, provider } = registration;
    return [...dependsOn, ...(parent ? [parent] : []), ...(provider ? [provider] : [])];
  }
}
