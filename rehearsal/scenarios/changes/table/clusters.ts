import {
  type Change,
  create,
  type ExpectedStep,
  type FirstStep,
  join,
  leave,
  remove,
  retire,
  update,
} from "../change";

import { BACKEND_POLICY } from "./gateway";

const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway";
const FIREWALL = "gcp:compute/firewall:Firewall::network-load-balancer";
/** What one region more, or less, changes of what is shared. Regions stand in the order of the clusters' names. */
const regionsChange: ExpectedStep[] = [
  update(FIREWALL, "sourceRanges"),
  update(GATEWAY, "spec.addresses", "spec.addresses[1].type", "spec.addresses[1].value"),
];

/** The gateway's objects, on the config cluster. */
const gateway = [
  GATEWAY,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::cross-region-gateway-route",
  "kubernetes:networking.gke.io/v1:HealthCheckPolicy::cross-region-gateway-health-check",
  BACKEND_POLICY,
];
/** Its load balancer has to go while its controller still looks after the old config cluster. */
const gatewayFirst: FirstStep = {
  command: "destroy",
  target: "**:Gateway::*",
  steps: gateway.map(remove),
};
const otherConfigCluster: ExpectedStep[] = [
  update(
    "gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress",
    "spec.multiclusteringress.configMembership",
  ),
  ...gateway.map(create),
];

/** Clusters that come and go. */
export const clusterChanges: Change[] = [
  {
    name: "third region",
    keys: ["clusters", "clusters.<name>.region"],
    what: "a cluster more, in a new region",
    settings: { clusters: { "gke-south": { region: "asia-southeast1" } } },
    steps: [join("gke-south", "asia-southeast1"), ...regionsChange],
    clusters: ["gke-south"],
    effect: "the region serves once its pool is imported",
  },
  {
    name: "drained",
    keys: ["drained", "scopes.*"],
    settings: { drained: ["asia-southeast1"] },
    steps: [update(BACKEND_POLICY, "spec.default.scopes")],
    clusters: [],
    effect: "the region gets no new requests and finishes those in flight",
  },
  {
    name: "region removed",
    keys: ["clusters"],
    what: "a cluster less, and with it its region",
    settings: { clusters: { "gke-south": null }, drained: null },
    steps: [
      leave("gke-south", "asia-southeast1"),
      ...regionsChange,
      update(BACKEND_POLICY, "spec.default.scopes"),
    ],
    clusters: ["gke-south"],
    effect: "drain it before, and remove it from `drained` and `scopes` with its last cluster",
  },
  {
    name: "second cluster",
    keys: ["clusters", "clusters.<name>.block"],
    what: "a cluster more, in a region that has one",
    settings: { clusters: { "gke-spare": { region: "us-east4", block: 1 } } },
    steps: [join("gke-spare")],
    clusters: ["gke-spare"],
    effect: "it needs a `block` of its own",
  },
  {
    name: "renamed in its block",
    keys: ["clusters"],
    what: "another name for a cluster, same `block`",
    settings: { clusters: { "gke-spare": null, "gke-main": { region: "us-east4", block: 1 } } },
    steps: [],
    clusters: ["gke-spare", "gke-main"],
    refused: /conflicts with existing subnetwork/,
    effect:
      "the name identifies a cluster: the new one is created beside the old one, and cannot use its addresses",
  },
  {
    name: "renamed",
    keys: ["clusters"],
    what: "another name for a cluster, another `block`",
    settings: { clusters: { "gke-spare": null, "gke-main": { region: "us-east4", block: 2 } } },
    steps: [join("gke-main"), leave("gke-spare")],
    clusters: ["gke-spare", "gke-main"],
    effect:
      "the new one is there before the old one goes. The only cluster of a region: remove it, then add it, because " +
      "Google keeps a subnet in which the gateway has its address",
  },
  {
    name: "configCluster",
    keys: ["configCluster"],
    first: gatewayFirst,
    settings: { configCluster: "gke-main" },
    steps: otherConfigCluster,
    clusters: [],
    interrupts: true,
    movesAddresses: true,
    effect:
      "no gateway for 5 to 10 minutes, and its addresses may change; `privateDnsName` follows. " +
      "Without the first command `up` deletes the old Gateway last, when no controller handles it any more, and waits for 30 " +
      "minutes. To rename the config cluster, add the new one, make it the config cluster, remove the old one",
  },
  {
    name: "gpus",
    keys: ["clusters.<name>.gpus"],
    what: "`clusters.<name>.gpus` of the config cluster, from true to false",
    settings: { clusters: { "gke-main": { gpus: false } } },
    steps: [retire("gke-main")],
    clusters: ["gke-main"],
    effect:
      "drain its region before, or requests in flight are cut off. Back to true, all of it is " +
      "made again",
  },
];

/** Last: a cluster that is protected cannot leave any more. */
export const protectionChange: Change = {
  name: "deletionProtection",
  keys: ["deletionProtection"],
  settings: { deletionProtection: true },
  steps: [update("gcp:container/cluster:Cluster::<cluster>", "deletionProtection")],
  effect:
    "Google and Pulumi refuse to delete the clusters from then on, also when one leaves the configuration " +
    "([how to unprotect](operations.md#unprotecting))",
};
