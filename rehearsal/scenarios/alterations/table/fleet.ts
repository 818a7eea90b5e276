import type { Alteration } from "../alteration";
import {
  cluster,
  computeApi,
  containerApi,
  membership,
  monitoring,
  monitoringViewer,
  provider,
  systemPool,
  trafficDirectorApi,
} from "./resources";

export const fleetAlterations: readonly Alteration[] = [
  {
    name: "noClusterIdentifier",
    edits: [{ at: provider, unset: "clusterIdentifier" }],
    policy: {
      name: "cluster-identifier-known",
      says: [
        {
          resource: "gke-east",
          message:
            "clusterIdentifier: is not set, so a changed endpoint replaces every object of the provider; set it to a plain " +
            'text, for example "gke_<project>_<location>_<name>", made of values that the program knows',
        },
      ],
    },
  },
  {
    name: "noKubeconfig",
    edits: [{ at: provider, unset: "kubeconfig" }],
    policy: {
      name: "cluster-identifier-known",
      says: [
        {
          resource: "gke-east",
          message:
            "kubeconfig: is not set, so the objects go to whichever cluster kubectl points at where Pulumi runs; " +
            "set it to the kubeconfig of the provider's own cluster",
        },
      ],
    },
  },
  {
    name: "identifierOfOtherCluster",
    edits: [
      { at: provider, set: "clusterIdentifier", to: "gke_my-project-dev_europe-west3_gke-west" },
    ],
    policy: {
      name: "provider-of-one-cluster",
      says: [
        {
          resource: "gke-east",
          message:
            'clusterIdentifier: "gke_my-project-dev_europe-west3_gke-west" names cluster gke-west, but the kubeconfig is of ' +
            "gke-east; write the name of gke-east",
        },
      ],
    },
  },
  {
    name: "misspeltIdentifier",
    edits: [{ at: provider, set: "clusterIdentifier", to: "gke_my-project-dev_us-east4_gke-eat" }],
    policy: {
      name: "cloud-reference-known",
      says: [
        {
          resource: "gke-east",
          message:
            'clusterIdentifier: "gke_my-project-dev_us-east4_gke-eat" names no cluster of this stack; did you mean gke-east?',
        },
      ],
    },
  },
  {
    name: "sameMembershipTwice",
    edits: [{ at: membership, set: "membershipId", to: "gke-west" }],
    policy: {
      name: "fleet-registered-once",
      says: [
        {
          resource: "gke-west",
          message:
            'membershipId: "gke-west" is the id of membership gke-east already; give each cluster\'s membership an id of its own',
        },
      ],
    },
  },
  {
    name: "publicControlPlane",
    edits: [
      { at: cluster, set: "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled", to: true },
      { at: cluster, set: "privateClusterConfig.enablePrivateEndpoint", to: false },
    ],
    policy: {
      name: "control-plane-private",
      says: [
        {
          resource: "gke-east",
          message:
            "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled: is true, so the whole internet reaches the control " +
            "plane's address; set it to false, or list who may reach it in masterAuthorizedNetworksConfig.cidrBlocks",
        },
      ],
    },
  },
  {
    name: "deletionUnprotected",
    stack: "prod",
    edits: [{ at: cluster, set: "deletionProtection", to: false }],
    policy: {
      name: "deletion-protection",
      says: [
        {
          resource: "gke-east",
          message:
            "deletionProtection: is false, so the provider may delete a cluster of the production stack prod; remove it or set " +
            "it to true",
        },
      ],
    },
  },
  {
    name: "registeredTwice",
    edits: [{ at: cluster, set: "fleet", to: { project: "my-project-dev" } }],
    policy: {
      name: "fleet-registered-once",
      says: [
        {
          resource: "gke-east",
          message:
            "fleet: registers the cluster although membership gke-east does; remove the fleet block or the membership",
        },
      ],
    },
  },
  // A low version of the control plane would also be too low for the AutoscalingMetric, which is another policy's.
  {
    name: "oldNodes",
    edits: [{ at: systemPool, set: "version", to: "1.33.13-gke.1915000" }],
    policy: {
      name: "gke-version-floor",
      says: [
        {
          resource: "gke-east-system",
          message:
            'version: "1.33.13-gke.1915000" is below 1.34.1-gke.1127000; leave it out: nodes follow the control plane',
        },
      ],
    },
  },
  {
    name: "noMaintenanceWindow",
    stack: "prod",
    edits: [{ at: cluster, unset: "maintenancePolicy" }],
    policy: {
      name: "maintenance-window",
      says: [
        {
          resource: "gke-east",
          level: "advisory",
          message:
            "maintenancePolicy: is not set, so GKE upgrades the cluster at any hour of any day; set its recurringWindow",
        },
      ],
    },
  },
  {
    name: "namespaceMissing",
    edits: [{ at: monitoring, set: "metadata.namespace", to: "monitoring" }],
    policy: {
      name: "namespace-exists",
      says: [
        {
          resource: "gke-east-monitoring",
          message:
            'metadata.namespace: cluster gke-east has no namespace "monitoring"; create it there',
        },
      ],
    },
  },
  {
    name: "everybodyReadsMetrics",
    edits: [{ at: monitoringViewer, duplicate: "everybody", with: { member: "allUsers" } }],
    policy: {
      name: "no-public-grant",
      says: [
        {
          resource: "everybody",
          message:
            'member: "allUsers" gives roles/monitoring.viewer to everybody; name those who need it',
        },
      ],
    },
  },
  {
    name: "authoritativeBinding",
    edits: [
      {
        at: monitoringViewer,
        duplicate: "viewers",
        as: "gcp:projects/iAMBinding:IAMBinding",
        with: { member: undefined, members: ["group:operators@example.com"] },
      },
    ],
    policy: {
      name: "no-authoritative-iam",
      says: [
        {
          resource: "viewers",
          message:
            "members: takes roles/monitoring.viewer from everybody it does not list; grant each " +
            "member its role with IAMMember",
        },
      ],
    },
  },
  {
    name: "apiMissing",
    edits: [{ at: trafficDirectorApi, drop: true }],
    policy: {
      name: "required-apis",
      says: [
        {
          resource: "cross-region-gateway-multiclusteringress",
          message:
            'name: "multiclusteringress" needs APIs that this stack does not enable: trafficdirector.googleapis.com; ' +
            "add a gcp.projects.Service for each",
        },
      ],
    },
  },
  {
    name: "apiDisabledOnDestroy",
    edits: [{ at: computeApi, set: "disableOnDestroy", to: true }],
    policy: {
      name: "required-apis",
      says: [
        {
          resource: "apis-compute",
          message:
            "disableOnDestroy: destroying this stack disables compute.googleapis.com for the " +
            "whole project; set it to false",
        },
      ],
    },
  },

  {
    name: "apiNotEnabled",
    edits: [{ at: containerApi, set: "service", to: "pubsub.googleapis.com" }],
    policy: {
      name: "required-apis",
      says: [
        {
          resource: "cross-region-gateway-multiclusteringress",
          message:
            'name: "multiclusteringress" needs APIs that this stack does not enable: container.googleapis.com; ' +
            "add a gcp.projects.Service for each",
        },
      ],
    },
    cloud: {
      fails: "up",
      says: /Kubernetes Engine API has not been used in project my-project-dev before or it is disabled/,
    },
  },
  {
    name: "membershipWithoutCluster",
    edits: [
      {
        at: membership,
        set: "endpoint.gkeCluster.resourceLink",
        to: "//container.googleapis.com/projects/my-project-dev/locations/us-east4/clusters/gke-est",
      },
    ],
    cloud: { fails: "up", says: /GKE cluster ".*\/clusters\/gke-est" was not found/ },
  },
];
