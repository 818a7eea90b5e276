import {
  entriesAt,
  fieldOf,
  type Resource,
  resourcesOfType,
  type Selector,
  type Value,
} from "../frame";

import {
  clusters,
  features,
  kubernetesProviders,
  memberships,
  networks,
  nodePools,
  routerNats,
  subnetworks,
} from "./cloudTypes";

const routers = resourcesOfType("gcp:compute/router:Router");
const firewalls = resourcesOfType("gcp:compute/firewall:Firewall");
const accounts = resourcesOfType("gcp:serviceaccount/account:Account");
const projectGrants = resourcesOfType("gcp:projects/iAMMember:IAMMember");
const featureMemberships = resourcesOfType("gcp:gkehub/featureMembership:FeatureMembership");

/** A kind of resource that others refer to. */
export interface Referred {
  readonly what: string;
  readonly are: Selector;
  /** The property with its name in Google Cloud. */
  readonly name: string;
}

/** How the resources of a type refer to others. */
export interface CloudReference {
  readonly from: Selector;
  readonly to: Referred;
  valuesIn(props: Value): readonly Value[];
}

const CLUSTER: Referred = { what: "cluster", are: clusters, name: "name" };
const MEMBERSHIP: Referred = { what: "membership", are: memberships, name: "membershipId" };
const NETWORK: Referred = { what: "network", are: networks, name: "name" };
const SUBNETWORK: Referred = { what: "subnetwork", are: subnetworks, name: "name" };
const ROUTER: Referred = { what: "router", are: routers, name: "name" };
const ACCOUNT: Referred = { what: "service account", are: accounts, name: "accountId" };

const at =
  (...keys: readonly string[]) =>
  (props: Value) => [props.at(...keys)];

/** Where resources of Google Cloud name each other, by a name, a path or a URL. */
export const CLOUD_REFERENCES: readonly CloudReference[] = [
  { from: nodePools, to: CLUSTER, valuesIn: at("cluster") },
  { from: memberships, to: CLUSTER, valuesIn: at("endpoint", "gkeCluster", "resourceLink") },
  { from: kubernetesProviders, to: CLUSTER, valuesIn: at("clusterIdentifier") },
  {
    from: features,
    to: MEMBERSHIP,
    valuesIn: at("spec", "multiclusteringress", "configMembership"),
  },
  { from: featureMemberships, to: MEMBERSHIP, valuesIn: at("membership") },
  ...[subnetworks, clusters, routers, firewalls].map((from) => {
    return { from, to: NETWORK, valuesIn: at("network") };
  }),
  { from: clusters, to: SUBNETWORK, valuesIn: at("subnetwork") },
  {
    from: routerNats,
    to: SUBNETWORK,
    valuesIn: (props) => entriesAt(props, "subnetworks").map((entry) => fieldOf(entry, "name")),
  },
  { from: routerNats, to: ROUTER, valuesIn: at("router") },
  { from: nodePools, to: ACCOUNT, valuesIn: at("nodeConfig", "serviceAccount") },
  { from: projectGrants, to: ACCOUNT, valuesIn: at("member") },
];

/** What a reference says of the resource that it names. */
export interface Named {
  readonly name: string;
  readonly project: string | undefined;
  readonly location: string | undefined;
}

/** `gke_<project>_<location>_<name>`, as gcloud names a cluster's context. */
const CONTEXT = /^gke_([^_]+)_([^_]+)_(.+)$/;

/** `[serviceAccount:]<id>@<project>.iam.gserviceaccount.com` */
const EMAIL = /(?:^|[:/])([^@:/]+)@([^.]+)\.iam\.gserviceaccount\.com$/;

const PLACES = /(?:^|\/)(?:locations|regions|zones)\/([^/]+)\//;

/** What a text names; undefined for a member of another kind, such as a user. */
export function namedBy(text: string): Named | undefined {
  const [, project, location, name] = CONTEXT.exec(text) ?? [];
  if (name !== undefined) {
    return { name, project, location };
  }
  const [, id, home] = EMAIL.exec(text) ?? [];
  if (id !== undefined) {
    return { name: id, project: home, location: undefined };
  }
  return text.includes("@") || (text.includes(":") && !/^(?:https?:)?\/\//.test(text))
    ? undefined
    : {
        name: text.split("/").at(-1) ?? "",
        project: /(?:^|\/)projects\/([^/]+)\//.exec(text)?.[1],
        location: PLACES.exec(text)?.[1],
      };
}

/** Where a resource is, as far as its name in a reference may differ by it. */
export function locationOf({ props }: Resource): Value {
  const location = props.at("location");
  return location.absent ? props.at("region") : location;
}
