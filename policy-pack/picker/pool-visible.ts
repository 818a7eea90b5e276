import { reliability, resourcePolicy, violation } from "../frame";

import { poolReleases } from "./poolChart";

export const poolVisible = resourcePolicy({
  name: "pool-visible",
  description:
    "An inference pool is an object of the stack, so that previews show it and policies judge it.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Install the chart by helm.v4.Chart with a transform that sets the pool's export annotation, " +
    "or register its objects themselves. The annotation has no value in the chart, and a Release " +
    "takes no transform.",
  url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v4/chart/",
  settings: {},
  judges: poolReleases,

  *judge({ props }) {
    const problem = "no preview and no policy sees the objects of a Release, or exports its pool";
    const fix = "install it by helm.v4.Chart, with a transform, or register the objects themselves";
    yield violation(props.at("chart"), problem, fix);
  },
});
