import type { Defect } from "./defect";
import { CLOUD, KUBERNETES } from "./proofs";

const GROUND = "test/components/ground.test.ts";

/** Project, network, fleet and the feature on it. */
export const fleetDefects: Defect[] = [
  {
    number: 17,
    title: "APIs and a role that the how-to does not mention",
    howTo: "enables Compute, Kubernetes Engine, Model Armor, Network Services, Autoscaling.",
    happens:
      "The first registration is refused, then the feature, twice. Once it is on, no pool is ever imported: Google's " +
      "controller may not read the clusters. Workload Identity, another prerequisite, is missing as well.",
    instead:
      "All APIs are enabled, each before its first call; the controller's service agent is made and gets its role; " +
      "clusters have Workload Identity. The feature `multiclusterservicediscovery`, which the page on multi-cluster " +
      "Gateways enables for Services, stays off, as in the how-to: pools are imported without it. Its API is on, because " +
      "`multiclusteringress` depends on it.",
    tests: [
      {
        file: GROUND,
        title:
          "ProjectServices enables thirteen APIs, leaves them on, and gives the controller its role",
      },
      {
        file: "test/program/graph.test.ts",
        title: "nothing of Google Cloud is made before its API is enabled",
      },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "GKE Hub API has not been used in project how-to before or it is disabled.",
        "Multi Cluster Ingress API has not been used in project how-to before or it is disabled.",
        "Traffic Director API has not been used in project how-to before or it is disabled.",
        "project how-to: no pool is imported: serviceAccount:service-NUMBER@gcp-sa-multiclusteringress... lacks roles/container.admin in project how-to",
      ],
    },
  },
  {
    number: 18,
    title: "Model Armor is required, and cannot be used",
    howTo: "enables the Model Armor API.",
    happens:
      "Multi-cluster Gateways do not support Model Armor: the API is on, and nothing uses it.",
    instead: "It is not enabled.",
    tests: [{ file: CLOUD, title: "Model Armor is neither enabled nor attached" }],
    shown: {
      by: "test",
      why: "an unused API has no effect that the rehearsal could show.",
    },
  },
  {
    number: 19,
    title: "The network `default`, and ranges that are taken",
    howTo:
      "relies on the network `default` and puts proxy-only subnets `10.0.0.0/23` and `10.5.0.0/23` into it.",
    happens:
      "Many organizations forbid that network. If it exists, GKE has taken ranges for the pods from " +
      "`10.0.0.0/8` by then (a /14 a cluster; which one is its choice, the emulated one takes the first that is free).",
    instead:
      "A VPC of its own in custom mode. Every range, of nodes, pods, services and proxies, comes from one plan in " +
      "which no two overlap.",
    tests: [
      {
        file: "test/catalog/addressPlan.test.ts",
        title: "no two ranges of a VPC overlap, wherever its clusters are",
      },
      {
        file: GROUND,
        title:
          "Network is a custom-mode VPC with a subnet for each cluster and a NAT for each region",
      },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        'Project "how-to-bare" has no network named "default".',
        "Invalid IPCidrRange: 10.0.0.0/23 conflicts with existing subnetwork 'default' in region 'europe-west3'.",
        "Invalid IPCidrRange: 10.5.0.0/23 conflicts with existing subnetwork 'default' in region 'us-east4'.",
      ],
    },
  },
  {
    number: 25,
    title: "Two ways into the fleet",
    howTo: "registers clusters with a command of its own, at the location `global`.",
    happens:
      "A cluster that was made with a `fleet` block (by an organization's template, say) is registered already, at its " +
      "region, and cannot be registered again.",
    instead: "One membership for each cluster, `global`, and no `fleet` block.",
    tests: [
      {
        file: GROUND,
        title:
          "FleetMembership is global, named after its cluster, and goes before its successor comes",
      },
      { file: CLOUD, title: "no cluster registers itself" },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "intend to register the cluster with resource: //gkehub.googleapis.com/projects/how-to/locations/global/memberships/gke-east, but the cluster is already registered with resource: //gkehub.googleapis.com/projects/how-to/locations/us-east4/memberships/gke-east",
      ],
    },
  },
  {
    number: 26,
    title: "A feature by the name of an older product",
    howTo: "speaks of Multi-cluster Ingress throughout.",
    happens:
      "That is only the name of the fleet's feature. A search for it finds a product with kinds `MultiClusterIngress` " +
      "and `MultiClusterService`, none of which belongs here.",
    instead: "The feature is enabled; routing is by Gateway, HTTPRoute and imported pools.",
    tests: [{ file: KUBERNETES, title: "routing is by Gateway API kinds only" }],
    shown: { by: "test", why: "it is only about a name." },
  },
];
