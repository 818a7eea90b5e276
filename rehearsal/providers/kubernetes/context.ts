import { Log } from "../plugin";
import { Clock } from "./clock";
import { Cluster } from "./cluster";
import { Settings } from "./config/settings";
import { Scopes } from "./scopes";

/** What every operation of a configured provider works with. */
export interface Context {
  settings: Settings;
  cluster: Cluster;
  scopes: Scopes;
  log: Log;
  clock: Clock;
  /** Aborts when the user presses Ctrl-C. */
  cancelled: AbortSignal;
}
