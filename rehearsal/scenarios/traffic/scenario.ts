import type { Findings } from "./findings";
import type { Seen } from "./seen";
import type { Site } from "./site";

/** One claim about requests, shown with numbers. */
export interface Scenario {
  name: string;
  /** The claim, as a sentence. */
  title: string;
  /** What the stack's configuration has in this scenario in place of the stack file's. @default nothing else */
  settings?: Readonly<Record<string, unknown>>;
  /** Percent of the KV cache at which the balancer lets requests spill over; left out where it does not look at it. */
  targetPercent?: number;
  /** Notes figures and problems. @returns what was seen under load @throws if it cannot be played to its end */
  run: (site: Site, findings: Findings) => Promise<Seen>;
}
