import { clusters } from "../fleet/cloudTypes";
import { ensure, reliability, resourcePolicy } from "../frame";

import { requireOfStandard } from "./gkeCluster";

const PERFORMANCE = "PERFORMANCE";

export const hpaProfile = resourcePolicy({
  name: "hpa-profile",
  description:
    "Clusters run the autoscaling profile that reads metrics from pods for the load balancer.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set podAutoscaling.hpaProfile of the cluster to PERFORMANCE. Autopilot clusters have it " +
    "unless the program sets another.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/expose-custom-metrics",
  settings: {},
  judges: clusters,

  *judge(cluster) {
    const profile = cluster.props.at("podAutoscaling", "hpaProfile");
    const consequence = "so GKE may send no metric of the pods to the load balancer";
    yield* requireOfStandard(cluster, profile, {
      whenAbsent: `is not set, ${consequence}`,
      allowed: [PERFORMANCE],
      whenWrong: `is ${profile}, ${consequence}`,
      fix: `set it to "${PERFORMANCE}"`,
    });
  },

  *remedy({ props }) {
    const profile = props.at("podAutoscaling", "hpaProfile");
    const autopilot = props.at("enableAutopilot");
    const decided = profile.absent && (autopilot.raw === true || autopilot.unknown);
    yield* decided ? [] : ensure(profile, PERFORMANCE);
  },
});
