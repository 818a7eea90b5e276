import type { CloudView, ExportedPool, LoadBalancer } from "../../gke/gke";
import type { JsonObject } from "../json";
import type { Kind, Managed } from "../kinds";
import type { Store } from "../store";

/** A resource that a controller of GKE wants to be there now. */
export interface Wanted {
  kind: Kind<JsonObject>;
  /** `projects/{project}/global/firewalls/{name}` */
  name: string;
  body: JsonObject;
  managed: Managed["managed"];
}

/** What the controllers see. */
export interface Sight {
  store: Store;
  view: CloudView;
  balancers: LoadBalancer[];
  pools: ExportedPool[];
}
