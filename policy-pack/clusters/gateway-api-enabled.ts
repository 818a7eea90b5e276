import { fleetOf } from "../fleet/fleet";
import { gateways, httpRoutes, inferencePools } from "../fleet/kinds";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

import { unlessAutopilot } from "./gkeCluster";

const CHANNELS = ["CHANNEL_STANDARD", "CHANNEL_EXPERIMENTAL"];

export const gatewayApiEnabled = stackPolicy({
  name: "gateway-api-enabled",
  description:
    "Clusters that hold a part of the gateway have the Gateway API, and GKE's load balancing, on.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set gatewayApiConfig.channel to CHANNEL_STANDARD in every cluster that holds a Gateway, an " +
    "HTTPRoute or an InferencePool, and leave addonsConfig.httpLoadBalancing out or set its " +
    "disabled to false.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/deploying-gateways",
  settings: {},

  *judge(stack) {
    // GKE brings the InferencePool's CRD with those of the Gateway API, and its controllers read
    // pools, and metrics for the load balancer, only where that is on.
    const parts = [inferencePools, gateways, httpRoutes].flatMap((kind) => stack.select(kind));
    for (const [{ cluster }, [part]] of fleetOf(stack).byMember(parts)) {
      if (cluster !== undefined && part !== undefined) {
        yield* channelFindings(cluster, part);
        yield* addonFindings(cluster, part);
      }
    }
  },
});

function* channelFindings(cluster: Resource, part: Resource): Generator<Finding> {
  const channel = cluster.props.at("gatewayApiConfig", "channel");
  const fix = 'set it to "CHANNEL_STANDARD"';
  if (channel.unknown) {
    yield on(cluster, pending(channel));
  } else if (channel.absent) {
    const problem = `is not set, so the cluster lacks the Gateway API that ${part.name} needs`;
    for (const finding of unlessAutopilot(cluster, violation(channel, problem, fix))) {
      yield on(cluster, finding);
    }
  } else if (!CHANNELS.includes(channel.text ?? "")) {
    const problem = `is ${channel}, so the cluster lacks the Gateway API that ${part.name} needs`;
    yield on(cluster, violation(channel, problem, fix));
  }
}

/** The add-on holds the controllers that make load balancers, and endpoint groups of pods. */
function* addonFindings(cluster: Resource, part: Resource): Generator<Finding> {
  const disabled = cluster.props.at("addonsConfig", "httpLoadBalancing", "disabled");
  if (disabled.unknown) {
    yield on(cluster, pending(disabled));
  } else if (disabled.present && disabled.raw !== false) {
    const problem = `is ${disabled}, so GKE runs no load-balancing controller for ${part.name}`;
    yield on(cluster, violation(disabled, problem, "remove it or set it to false"));
  }
}
