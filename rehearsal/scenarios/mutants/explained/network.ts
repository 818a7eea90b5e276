import type { Explanation } from "../explanation";

/** APIs, identities, VPC. */
export const network: Explanation[] = [
  {
    of: "gcp:projects/service:Service *",
    does: ["drop"],
    to: ["disableOnDestroy"],
    why: "since version 6 of Google's provider the default is false, too: the API stays on",
  },
  {
    of: "gcp:projects/*",
    does: ["duplicate"],
    why: "enabling an API or granting a role twice has no further effect",
  },
  {
    of: "gcp:projects/iAMMember:IAMMember nodes-*",
    does: ["leave out"],
    why: "logs, dashboards, images of Artifact Registry: the gateway serves without them, and a user notices the loss",
  },
  {
    of: "gcp:serviceaccount/account:Account nodes",
    to: ["displayName"],
    why: "a text for people",
  },
  {
    of: "gcp:compute/network:Network network",
    does: ["drop"],
    to: ["routingMode"],
    why: "REGIONAL matters to Cloud Routers that learn routes from elsewhere: here they serve NAT only",
  },
  {
    of: "gcp:compute/network:Network network",
    does: ["duplicate"],
    why: "a second VPC, which nothing is in, costs nothing",
  },
  {
    of: "gcp:compute/router:Router network-us-east4",
    does: ["duplicate"],
    why: "a router without a NAT does nothing and costs nothing",
  },
  {
    of: "gcp:compute/firewall:Firewall network-load-balancer",
    does: ["drop"],
    to: ["direction"],
    why: "INGRESS is the default",
  },
  {
    of: "gcp:compute/firewall:Firewall network-load-balancer",
    does: ["duplicate"],
    why: "the same rule twice",
  },
  {
    of: "gcp:compute/firewall:Firewall network-load-balancer",
    does: ["drop"],
    to: ["allows[0].ports"],
    why: "every TCP port, and the load balancer asks at no others than those of its backends",
  },
  {
    of: "gcp:compute/firewall:Firewall network-load-balancer",
    does: ["leave out"],
    why: "GKE makes a rule of its own where it may change the network's firewall: only in a Shared VPC it may not",
  },
  {
    of: "gcp:compute/subnetwork:Subnetwork network-gke-east",
    to: ["privateIpGoogleAccess"],
    why: "the region's NAT leads to Google's APIs as well, at the price of its traffic",
  },
  {
    of: "gcp:compute/routerNat:RouterNat *",
    to: ["enableDynamicPortAllocation"],
    why: "how many connections a node has at once: weights load slower with fewer, and load all the same",
  },
  {
    of: "gcp:compute/routerNat:RouterNat *",
    to: ["logConfig", "logConfig.enable"],
    why: "what NAT logs is a choice",
  },
  {
    of: "gcp:compute/routerNat:RouterNat *",
    does: ["drop"],
    to: ["natIpAllocateOption"],
    why: "AUTO_ONLY is the default where no addresses are given",
  },
];
