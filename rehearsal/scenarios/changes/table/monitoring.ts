import { CHANNEL } from "../../../stage/byHand";
import { type Change, create, update } from "../change";

const DASHBOARD = "gcp:monitoring/dashboard:Dashboard::monitoring";

const policies = ["latency", "full", "errors", "servers", "signal", "spill"].map(
  (name) => `gcp:monitoring/alertPolicy:AlertPolicy::monitoring-${name}`,
);

/** Dashboard and alerts: they watch, and nothing depends on them but the guard. */
export const monitoringChanges: Change[] = [
  {
    name: "monitoring set",
    keys: ["monitoring"],
    what: "`monitoring`, from none to `{}`",
    settings: { monitoring: {} },
    steps: [
      create("inference-gateway:index:GatewayMonitoring::monitoring"),
      create(DASHBOARD),
      ...policies.map((policy) => create(policy)),
    ],
    clusters: [],
    effect:
      "nothing of the gateway is touched; from then on, `loadBalancing`, `timeoutSeconds`, `drained`, `clusters` and what " +
      "costs money change dashboard and alerts, too",
  },
  {
    name: "monitoring.notificationChannels",
    keys: ["monitoring.notificationChannels"],
    settings: { monitoring: { notificationChannels: [CHANNEL] } },
    steps: policies.map((policy) => update(policy, "notificationChannels")),
    clusters: [],
    effect: "counts for incidents that open from then on",
  },
];
