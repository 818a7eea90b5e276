import { on, reliability, stackPolicy } from "../frame";

import { gkeGatewaysOf } from "./gkeGateways";
import { unsupportedFindings } from "./routeFields";

export const routeFieldsSupported = stackPolicy({
  name: "route-fields-supported",
  description: "A route behind a Gateway of GKE holds only what GKE's gateways take.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Remove the field that the message names and use what it says in its place. The API server " +
    "takes the route, but GKE does not, and no longer reconciles its Gateway.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/gatewayclass-capabilities",
  settings: {},

  *judge(stack) {
    for (const { route, classes } of gkeGatewaysOf(stack).routes) {
      for (const finding of unsupportedFindings(route.props.at("spec"), classes)) {
        yield on(route, finding);
      }
    }
  },
});
