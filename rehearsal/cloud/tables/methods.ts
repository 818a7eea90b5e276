import { Dated } from "../../dated";

export const METHODS_DATED: Dated = {
  title: "Permissions of each method",
  source: "iann0036/iam-dataset, gcp/map.json, collected from the reference pages of Google",
  asOf: "2026-08-22",
  goodForMonths: 12,
};

/**
 * Methods of Google's APIs that are served here, by Google's own ids, with the permissions that
 * each asks for on the resource that it is about (on its parent, where it makes one).
 * Where the source has no permission for a method, or more than the method asks for here, a comment says
 * what stands here instead.
 */
export const METHODS = {
  "cloudresourcemanager.projects.get": ["resourcemanager.projects.get"],
  "cloudresourcemanager.projects.getIamPolicy": ["resourcemanager.projects.getIamPolicy"],
  "cloudresourcemanager.projects.setIamPolicy": ["resourcemanager.projects.setIamPolicy"],

  "compute.addresses.list": ["compute.addresses.list"],
  "compute.addresses.get": ["compute.addresses.get"],
  // The map adds what addresses of instances and of subnets take.
  "compute.addresses.insert": ["compute.addresses.create"],
  "compute.addresses.delete": ["compute.addresses.delete"],
  // Google has no such method: addresses are not changed.
  "compute.addresses.patch": ["compute.addresses.create"],
  "compute.firewalls.list": ["compute.firewalls.list"],
  "compute.firewalls.get": ["compute.firewalls.get"],
  "compute.firewalls.insert": ["compute.firewalls.create"],
  "compute.firewalls.patch": ["compute.firewalls.get", "compute.firewalls.update"],
  "compute.firewalls.delete": ["compute.firewalls.delete"],
  "compute.networks.list": ["compute.networks.list"],
  "compute.networks.get": ["compute.networks.get"],
  "compute.networks.insert": ["compute.networks.create"],
  "compute.networks.patch": ["compute.networks.get", "compute.networks.update"],
  "compute.networks.delete": ["compute.networks.delete"],
  "compute.routers.list": ["compute.routers.list"],
  "compute.routers.get": ["compute.routers.get"],
  "compute.routers.insert": ["compute.routers.create"],
  "compute.routers.patch": ["compute.routers.get", "compute.routers.update"],
  "compute.routers.delete": ["compute.routers.delete"],
  "compute.subnetworks.list": ["compute.subnetworks.list"],
  "compute.subnetworks.get": ["compute.subnetworks.get"],
  "compute.subnetworks.insert": ["compute.subnetworks.create"],
  "compute.subnetworks.patch": ["compute.subnetworks.get", "compute.subnetworks.update"],
  "compute.subnetworks.delete": ["compute.subnetworks.delete"],
  "compute.zones.list": ["compute.zones.list"],
  // GKE makes these; that each asks for the permission of its name is Google's rule for Compute Engine.
  "compute.backendServices.list": ["compute.backendServices.list"],
  "compute.backendServices.get": ["compute.backendServices.get"],
  "compute.backendServices.delete": ["compute.backendServices.delete"],
  "compute.globalForwardingRules.list": ["compute.globalForwardingRules.list"],
  "compute.globalForwardingRules.get": ["compute.globalForwardingRules.get"],
  "compute.globalForwardingRules.delete": ["compute.globalForwardingRules.delete"],
  "compute.healthChecks.list": ["compute.healthChecks.list"],
  "compute.healthChecks.get": ["compute.healthChecks.get"],
  "compute.healthChecks.delete": ["compute.healthChecks.delete"],
  "compute.networkEndpointGroups.list": ["compute.networkEndpointGroups.list"],
  "compute.networkEndpointGroups.get": ["compute.networkEndpointGroups.get"],
  "compute.networkEndpointGroups.delete": ["compute.networkEndpointGroups.delete"],
  "compute.targetHttpProxies.list": ["compute.targetHttpProxies.list"],
  "compute.targetHttpProxies.get": ["compute.targetHttpProxies.get"],
  "compute.targetHttpProxies.delete": ["compute.targetHttpProxies.delete"],
  "compute.urlMaps.list": ["compute.urlMaps.list"],
  "compute.urlMaps.get": ["compute.urlMaps.get"],
  "compute.urlMaps.delete": ["compute.urlMaps.delete"],
  "compute.globalOperations.get": ["compute.globalOperations.get"],
  "compute.regionOperations.get": ["compute.regionOperations.get"],

  "container.projects.locations.clusters.list": ["container.clusters.list"],
  "container.projects.locations.clusters.get": ["container.clusters.get"],
  "container.projects.locations.clusters.create": ["container.clusters.create"],
  "container.projects.locations.clusters.update": ["container.clusters.update"],
  "container.projects.locations.clusters.delete": ["container.clusters.delete"],
  "container.projects.locations.clusters.nodePools.list": ["container.clusters.get"],
  "container.projects.locations.clusters.nodePools.get": ["container.clusters.get"],
  "container.projects.locations.clusters.nodePools.create": ["container.clusters.update"],
  "container.projects.locations.clusters.nodePools.update": ["container.clusters.update"],
  "container.projects.locations.clusters.nodePools.delete": ["container.clusters.update"],
  // Not in the map. That it is asked for as the list of clusters is a guess; a call by somebody
  // with no other permission would settle it.
  "container.projects.locations.getServerConfig": ["container.clusters.list"],
  "container.projects.locations.operations.get": ["container.operations.get"],

  // Changes of a zone's records are a resource of their own, which is asked for until it is done.
  "dns.changes.get": ["dns.changes.get"],
  "dns.managedZones.list": ["dns.managedZones.list"],
  "dns.managedZones.get": ["dns.managedZones.get"],
  "dns.managedZones.create": ["dns.managedZones.create"],
  "dns.managedZones.patch": ["dns.managedZones.get", "dns.managedZones.update"],
  "dns.managedZones.delete": ["dns.managedZones.delete"],
  "dns.resourceRecordSets.list": ["dns.resourceRecordSets.list"],
  "dns.resourceRecordSets.get": ["dns.resourceRecordSets.get"],
  "dns.resourceRecordSets.create": ["dns.changes.create", "dns.resourceRecordSets.create"],
  "dns.resourceRecordSets.patch": [
    "dns.changes.create",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.update",
  ],
  "dns.resourceRecordSets.delete": ["dns.changes.create", "dns.resourceRecordSets.delete"],

  "gkehub.projects.locations.features.list": ["gkehub.features.list"],
  "gkehub.projects.locations.features.get": ["gkehub.features.get"],
  "gkehub.projects.locations.features.create": ["gkehub.features.create"],
  "gkehub.projects.locations.features.patch": ["gkehub.features.update"],
  "gkehub.projects.locations.features.delete": ["gkehub.features.delete"],
  "gkehub.projects.locations.memberships.list": ["gkehub.memberships.list"],
  "gkehub.projects.locations.memberships.get": ["gkehub.memberships.get"],
  "gkehub.projects.locations.memberships.create": ["gkehub.memberships.create"],
  "gkehub.projects.locations.memberships.patch": ["gkehub.memberships.update"],
  "gkehub.projects.locations.memberships.delete": ["gkehub.memberships.delete"],
  "gkehub.projects.locations.operations.get": ["gkehub.operations.get"],

  "iam.projects.roles.create": ["iam.roles.create"],
  "iam.projects.serviceAccounts.create": ["iam.serviceAccounts.create"],
  "iam.projects.serviceAccounts.get": ["iam.serviceAccounts.get"],
  "iam.projects.serviceAccounts.patch": ["iam.serviceAccounts.get", "iam.serviceAccounts.update"],
  "iam.projects.serviceAccounts.disable": ["iam.serviceAccounts.disable"],
  "iam.projects.serviceAccounts.enable": ["iam.serviceAccounts.enable"],
  "iam.projects.serviceAccounts.delete": ["iam.serviceAccounts.delete"],
  "iam.projects.serviceAccounts.getIamPolicy": ["iam.serviceAccounts.getIamPolicy"],
  "iam.projects.serviceAccounts.setIamPolicy": ["iam.serviceAccounts.setIamPolicy"],

  "secretmanager.projects.secrets.create": ["secretmanager.secrets.create"],
  "secretmanager.projects.secrets.get": ["secretmanager.secrets.get"],
  "secretmanager.projects.secrets.addVersion": ["secretmanager.versions.add"],
  "secretmanager.projects.secrets.delete": ["secretmanager.secrets.delete"],
  "secretmanager.projects.secrets.getIamPolicy": ["secretmanager.secrets.getIamPolicy"],
  "secretmanager.projects.secrets.setIamPolicy": ["secretmanager.secrets.setIamPolicy"],

  "serviceusage.operations.get": ["serviceusage.operations.get"],
  "serviceusage.services.list": ["serviceusage.services.list"],
  "serviceusage.services.get": ["serviceusage.services.get"],
  "serviceusage.services.enable": ["serviceusage.services.enable"],
  "serviceusage.services.disable": ["serviceusage.services.disable"],
  // Asks for nothing. Source: firebase/firebase-tools#11005 and #11070, 2026-09.
  "serviceusage.services.generateServiceIdentity": [],

  "storage.buckets.insert": ["storage.buckets.create"],
  // The map adds what the bucket's policy takes, which is shown on demand only.
  "storage.buckets.get": ["storage.buckets.get"],
  "storage.buckets.delete": ["storage.buckets.delete"],
  "storage.buckets.getIamPolicy": ["storage.buckets.getIamPolicy"],
  "storage.buckets.setIamPolicy": ["storage.buckets.setIamPolicy"],
} as const satisfies Record<string, readonly string[]>;

export type MethodId = keyof typeof METHODS;
