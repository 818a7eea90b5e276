import type { Explanation } from "../explanation";

/** What holds for resources of whichever type. */
export const everywhere: Explanation[] = [
  {
    of: "kubernetes:*",
    does: ["drop"],
    to: ["apiVersion", "kind"],
    why: "the type token says both, and the provider fills in what is left out",
  },
  {
    of: "gcp:*",
    does: ["drop"],
    to: ["project"],
    why: "the stack's gcp:project is the default, and it is the same",
  },
  {
    of: "kubernetes:*Deployment gke-east",
    to: ["metadata.labels*"],
    why: "no selector matches a Deployment: pool, metrics and budgets select the labels of its pods",
  },
];
