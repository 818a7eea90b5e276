import { Gke } from "../gke/gke";
import { Callers } from "./access/callers";
import { Clock } from "./clock";
import { KnobBoard } from "./knobs";
import { ManagedResources } from "./managed/managedResources";
import { Operations } from "./operations";
import { Quotas } from "./quotas";
import { Store } from "./store";

/** What the services of the cloud share. */
export interface Cloud {
  store: Store;
  clock: Clock;
  operations: Operations;
  quotas: Quotas;
  gke: Gke;
  callers: Callers;
  knobs: KnobBoard;
  /** What GKE's controllers make by themselves. */
  managed: ManagedResources;
}
