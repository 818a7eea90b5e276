import type { Sandbox } from "../../stage/sandbox";
import type { Prelude } from "../../stage/program";

/** A fault in the program or its environment, and the expected effect. */
export interface Drill {
  name: string;
  /** Model servers, pickers and load balancers answer requests. @default false */
  serves?: boolean;
  /** What the engine runs before the program. @default nothing */
  prelude?: Prelude;
  /** @throws Error if the effect differs */
  run: (sandbox: Sandbox) => Promise<void>;
}
