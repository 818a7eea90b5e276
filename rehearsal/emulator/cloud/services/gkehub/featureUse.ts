import { Gke } from "../../../gke/gke";
import { Clock } from "../../clock";
import { baseName, projectOf } from "../../names";
import { FEATURE_IN_USE_SECONDS } from "../../tables/durations";

export const INGRESS_FEATURE = "multiclusteringress";

/**
 * Whether a feature has resources that stand in the way of its deletion: multi-cluster Gateways,
 * and for some minutes after the last of them went its load balancer, which is taken down behind
 * the scenes.
 */
export function isInUse({ gke, clock }: { gke: Gke; clock: Clock }, feature: string): boolean {
  if (baseName(feature) !== INGRESS_FEATURE) return false;
  const { existing, lastGoneAt } = gke.multiClusterGateways(projectOf(feature));
  if (existing.length > 0) return true;
  if (lastGoneAt === undefined) return false;
  return clock.now() < lastGoneAt + FEATURE_IN_USE_SECONDS * 1000 * clock.timeScale();
}
