import { UNKNOWN } from "../../support/unknown";
import type { Registered } from "../../support/policies";

import { cloud, CLUSTER, MEMBERSHIP, PROVIDER, type Site } from "./site";

const APIS = [
  ...["autoscaling", "cloudresourcemanager", "compute", "container", "dns", "gkehub", "logging"],
  ...["monitoring", "multiclusteringress", "multiclusterservicediscovery", "networkservices"],
  "trafficdirector",
];

export const ACCOUNT = "gcp:serviceaccount/account:Account";
const IDENTITY = "gcp:projects/serviceIdentity:ServiceIdentity";
const IAM_MEMBER = "projects/iAMMember:IAMMember";

/** The APIs of the project, and what nodes and Google's controller may do in it. */
export function access({ project, account }: Site): Registered[] {
  const grant = (name: string, role: string) =>
    cloud(
      IAM_MEMBER,
      name,
      { project, role, member: UNKNOWN },
      { member: [`${ACCOUNT}::${account}`] },
    );
  return [
    ...APIS.map((name) =>
      cloud("projects/service:Service", name, {
        project,
        service: `${name}.googleapis.com`,
        disableOnDestroy: false,
      }),
    ),
    cloud("serviceaccount/account:Account", account, { accountId: account, project }),
    grant("writes-metrics", "roles/autoscaling.metricsWriter"),
    grant("records-metrics", "roles/monitoring.metricWriter"),
    grant("writes-logs", "roles/logging.logWriter"),
    cloud("projects/serviceIdentity:ServiceIdentity", "controller", {
      project,
      service: "multiclusteringress.googleapis.com",
    }),
    cloud(
      IAM_MEMBER,
      "controller-role",
      { project, role: "roles/container.admin", member: UNKNOWN },
      { member: [`${IDENTITY}::controller`] },
    ),
  ];
}

/** The fleet, with the first cluster as its config cluster. */
export function fleet({ project, places }: Site): Registered[] {
  const [config] = places;
  return [
    ...places.map(({ name }) =>
      cloud(
        "gkehub/membership:Membership",
        name,
        {
          project,
          membershipId: name,
          location: "global",
          endpoint: { gkeCluster: { resourceLink: UNKNOWN } },
        },
        { endpoint: [`${CLUSTER}::${name}`] },
      ),
    ),
    cloud("gkehub/feature:Feature", "discovery", {
      project,
      name: "multiclusterservicediscovery",
      location: "global",
    }),
    cloud(
      "gkehub/feature:Feature",
      "ingress",
      {
        project,
        name: "multiclusteringress",
        location: "global",
        spec: { multiclusteringress: { configMembership: UNKNOWN } },
      },
      { spec: [`${MEMBERSHIP}::${config?.name ?? ""}`] },
    ),
  ];
}

/** What objects get into each cluster by. */
export function providers({ project, places }: Site): Registered[] {
  return places.map(({ name, location }) => ({
    type: PROVIDER,
    name,
    inputs: { clusterIdentifier: `gke_${project}_${location}_${name}`, kubeconfig: UNKNOWN },
    propertyDependencies: { kubeconfig: [`${CLUSTER}::${name}`] },
  }));
}
