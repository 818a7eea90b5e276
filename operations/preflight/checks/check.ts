import type { Finding } from "../finding";
import type { Target } from "../target";

/** A question about the project that `pulumi up` works on. */
export interface Check {
  name: string;
  /** What it asks, for the report. */
  asks: string;
  /**
   * Nothing if the stack does not need what it asks about.
   * @throws GoogleRefusal if Google does not say
   */
  ask(target: Target): Promise<Finding[]>;
}
