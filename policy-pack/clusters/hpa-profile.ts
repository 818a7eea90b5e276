import { clusters } from "../fleet/cloudTypes";
import { pending, reliability, resourcePolicy, set, violation } from "../frame";

import { unlessAutopilot } from "./gkeCluster";

const PERFORMANCE = "PERFORMANCE";

export const hpaProfile = resourcePolicy({
  name: "hpa-profile",
  description:
    "Clusters run the autoscaling profile that reads metrics from pods for the load balancer.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set podAutoscaling.hpaProfile of the cluster to PERFORMANCE. Autopilot clusters have it " +
    "unless they are told otherwise.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/expose-custom-metrics",
  settings: {},
  judges: clusters,

  *judge(cluster) {
    const profile = cluster.props.at("podAutoscaling", "hpaProfile");
    const consequence = "so GKE may send no metric of the pods to the load balancer";
    const fix = `set it to "${PERFORMANCE}"`;
    if (profile.unknown) {
      yield pending(profile);
    } else if (profile.absent) {
      yield* unlessAutopilot(cluster, violation(profile, `is not set, ${consequence}`, fix));
    } else if (profile.raw !== PERFORMANCE) {
      yield violation(profile, `is ${profile}, ${consequence}`, fix);
    }
  },

  *remedy({ props }) {
    const profile = props.at("podAutoscaling", "hpaProfile");
    const autopilot = props.at("enableAutopilot");
    const decided = profile.absent && (autopilot.raw === true || autopilot.unknown);
    if (!profile.unknown && !decided && profile.raw !== PERFORMANCE) {
      yield set(profile, PERFORMANCE);
    }
  },
});
