/** First GKE version whose load balancer takes custom metrics. */
export const MINIMUM_GKE_VERSION = "1.34.1-gke.1127000";
/** First GKE version that takes AutoscalingMetric in shape B (`spec.metrics[].pod`). */
export const POD_METRICS_GKE_VERSION = "1.35.1-gke.1396000";

const PATTERN = /^(\d+)\.(\d+)\.(\d+)-gke\.(\d+)$/;

export function isGkeVersion(version: string): boolean {
  return PATTERN.test(version);
}

/** Whether a version such as `1.34.1-gke.1829000` is the floor or newer. Its parts compare as numbers. */
export function isAtLeast(version: string, floor: string): boolean {
  const [ours, least] = [parts(version), parts(floor)];
  const differs = ours.findIndex((part, i) => part !== least[i]);
  return differs < 0 || (ours[differs] ?? 0) > (least[differs] ?? 0);
}

function parts(version: string): number[] {
  const match = PATTERN.exec(version);
  if (!match)
    throw new Error(`"${version}" is not a GKE version; expected the form ${MINIMUM_GKE_VERSION}`);
  return match.slice(1).map(Number);
}
