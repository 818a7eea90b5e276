import { fleetOf } from "../fleet/fleet";
import { gateways, httpRoutes, inferencePools } from "../fleet/kinds";
import {
  allOn,
  type Finding,
  reliability,
  requireSwitch,
  type Resource,
  stackPolicy,
} from "../frame";

import { requireOfStandard } from "./gkeCluster";

const CHANNELS = ["CHANNEL_STANDARD", "CHANNEL_EXPERIMENTAL"];

export const gatewayApiEnabled = stackPolicy({
  name: "gateway-api-enabled",
  description:
    "Clusters that hold a part of the gateway have the Gateway API and GKE's load balancing " +
    "enabled.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set gatewayApiConfig.channel to CHANNEL_STANDARD in every cluster that holds a Gateway, an " +
    "HTTPRoute or an InferencePool, and leave addonsConfig.httpLoadBalancing out or set its " +
    "disabled to false.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/deploying-gateways",
  settings: {},

  *judge(stack) {
    // GKE installs the InferencePool's CRD with those of the Gateway API. Only where that is
    // enabled do its controllers read pools, and metrics for the load balancer.
    const parts = [inferencePools, gateways, httpRoutes].flatMap((kind) => stack.select(kind));
    for (const [{ cluster }, [part]] of fleetOf(stack).byMember(parts)) {
      if (cluster !== undefined && part !== undefined) {
        yield* allOn(cluster, channelFindings(cluster, part));
        yield* allOn(cluster, addonFindings(cluster, part));
      }
    }
  },
});

function channelFindings(cluster: Resource, part: Resource): Iterable<Finding> {
  const channel = cluster.props.at("gatewayApiConfig", "channel");
  const consequence = `so the cluster lacks the Gateway API that ${part.name} needs`;
  return requireOfStandard(cluster, channel, {
    whenAbsent: `is not set, ${consequence}`,
    allowed: CHANNELS,
    whenWrong: `is ${channel}, ${consequence}`,
    fix: 'set it to "CHANNEL_STANDARD"',
  });
}

/** The add-on holds the controllers that make load balancers, and endpoint groups of pods. */
function addonFindings(cluster: Resource, part: Resource): Iterable<Finding> {
  const disabled = cluster.props.at("addonsConfig", "httpLoadBalancing", "disabled");
  return requireSwitch(disabled, false, `GKE runs no load-balancing controller for ${part.name}`);
}
