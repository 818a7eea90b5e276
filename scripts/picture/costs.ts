import type { CostComponent, CostEstimate } from "../../cost/estimate";

/** The components of a stack's cost, each of which is shown once. */
export class Costs {
  private readonly left: Map<string, CostComponent>;

  constructor(estimate: Pick<CostEstimate, "components">) {
    this.left = new Map(estimate.components.map((component) => [component.name, component]));
  }

  /** Takes a component out, for the box that it belongs to. */
  take(name: string): CostComponent | undefined {
    const found = this.left.get(name);
    this.left.delete(name);
    return found;
  }

  /** What belongs to no box. */
  rest(): CostComponent[] {
    return [...this.left.values()];
  }
}

/** Dollars an hour: what always runs, and the most. */
export function perHour({
  hourlyUsd,
  mostHourlyUsd,
}: Pick<CostComponent, "hourlyUsd" | "mostHourlyUsd">): string {
  if (mostHourlyUsd === undefined && !hourlyUsd) return "price unknown";
  const [always, most] = [dollars(hourlyUsd), dollars(mostHourlyUsd)];
  return always === most ? `${always} $/h` : `${always} to ${most} $/h`;
}

function dollars(usd: number | undefined): string {
  if (usd === undefined) return "unknown";
  return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
