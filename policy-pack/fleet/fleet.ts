import {
  append,
  byName,
  type Resource,
  type Selector,
  slipOf,
  type Stack,
  type Value,
} from "../frame";

import { clusters, features, kubernetesProviders, memberships, nodePools } from "./cloudTypes";

const fleets = new WeakMap<Stack, Fleet>();

/** The clusters of a stack, and which Kubernetes object is in which. */
export function fleetOf(stack: Stack): Fleet {
  const fleet = fleets.get(stack) ?? new Fleet(stack.resources);
  fleets.set(stack, fleet);
  return fleet;
}

/** One cluster, as the Kubernetes objects in it and its GKE resource show it. */
export interface Member {
  /** The same key for all objects in one cluster, whatever is known about it. */
  readonly key: string;
  /** Its name in messages: that of the GKE cluster's resource, otherwise that of the provider. */
  readonly name: string;
  /** The GKE cluster, if this stack makes it. */
  readonly cluster: Resource | undefined;
}

/** A Kubernetes provider, and the clusters that its two values are of. */
export interface PlacedProvider {
  readonly provider: Resource;
  /** The cluster that its kubeconfig comes from. */
  readonly reached: Resource | undefined;
  /** The cluster that its identifier names. */
  readonly named: Resource | undefined;
}

/** A cluster as messages name it. */
export function clusterText({ key, name }: Member): string {
  // The provider of objects without one of their own has neither URN nor name.
  return key === name ? `the cluster of ${name}` : `cluster ${name}`;
}

/** `gke_<project>_<location>_<name>`, as gcloud names a cluster's context. */
const GKE_CONTEXT = /^gke_[^_]+_([^_]+)_(.+)$/;

/** Objects without a provider of their own are in the cluster of the default one. */
const DEFAULT_PROVIDER = "the default provider";

/**
 * Which resource belongs to which cluster. It first follows the resources that a value comes from,
 * then the value: in the first preview no answer of Google Cloud is known, but its source is.
 */
export class Fleet {
  /** GKE clusters that this stack makes. */
  readonly clusters: readonly Resource[];
  private readonly features: readonly Resource[];
  private readonly memberships: readonly Resource[];
  /** Resources that link a value to a cluster: clusters, memberships, providers. */
  private readonly anchors: ReadonlyMap<string, Resource>;
  private readonly clusterOfName: ReadonlyMap<string, Resource>;
  private readonly nodePoolsOfCluster: ReadonlyMap<Resource, readonly Resource[]>;
  private readonly membershipsOfCluster: ReadonlyMap<Resource, readonly Resource[]>;
  private readonly memberOfProvider = new Map<string, Member>();
  /** Kubernetes providers of this stack, each with the clusters that its values name. */
  readonly providers: readonly PlacedProvider[];
  private readonly placed: ReadonlyMap<Resource, PlacedProvider>;
  /** Clusters with a provider whose two values are of it. */
  private readonly agreed: ReadonlySet<Resource | undefined>;
  private knownConfig: { readonly membership: Resource | undefined } | undefined;

  constructor(resources: readonly Resource[]) {
    const pick = (selector: Selector) => {
      return resources.filter((each) => selector.matches(each)).sort(byName);
    };
    this.clusters = pick(clusters);
    this.features = pick(features);
    const registered = pick(memberships);
    const providers = pick(kubernetesProviders);
    const anchors = [...this.clusters, ...registered, ...providers];
    this.anchors = new Map(anchors.map((anchor) => [anchor.urn, anchor]));
    this.clusterOfName = new Map(this.clusters.map((cluster) => [nameOf(cluster), cluster]));
    this.nodePoolsOfCluster = this.byCluster(pick(nodePools), "cluster");
    this.membershipsOfCluster = this.byCluster(registered, "endpoint");
    this.memberships = registered;
    this.providers = providers.map((provider) => ({
      provider,
      reached: this.clusterAmong(provider.dependencies),
      named: this.clusterNamed(provider.props.at("clusterIdentifier").text),
    }));
    this.placed = new Map(this.providers.map((each) => [each.provider, each]));
    const agreeing = this.providers.filter(({ reached, named }) => reached === named);
    this.agreed = new Set(agreeing.map(({ reached }) => reached));
  }

  /** The cluster that a Kubernetes object is in: that of its provider. */
  memberOf(object: Resource): Member {
    const provider = object.provider;
    const urn = provider?.urn ?? DEFAULT_PROVIDER;
    const known = this.memberOfProvider.get(urn);
    if (known !== undefined) {
      return known;
    }
    const member = this.memberBehind(provider);
    this.memberOfProvider.set(urn, member);
    return member;
  }

  /** Kubernetes objects by the cluster that they are in. */
  byMember(objects: readonly Resource[]): ReadonlyMap<Member, readonly Resource[]> {
    const groups = new Map<string, { member: Member; objects: Resource[] }>();
    for (const object of objects) {
      const member = this.memberOf(object);
      const group = groups.get(member.key) ?? { member, objects: [] };
      group.objects.push(object);
      groups.set(member.key, group);
    }
    return new Map([...groups.values()].map((group) => [group.member, group.objects]));
  }

  /** The GKE cluster that a property names, e.g. `cluster` of a node pool. */
  clusterAt(resource: Resource, property: string): Resource | undefined {
    const source = this.clusterAmong(resource.dependenciesOf(property));
    const name = lastSegment(textIn(resource.props.at(property)));
    return source ?? this.clusterOfName.get(name) ?? this.clusterMeantBy(name);
  }

  /** Node pools of a GKE cluster that this stack makes as resources of their own. */
  nodePoolsOf(cluster: Resource): readonly Resource[] {
    return this.nodePoolsOfCluster.get(cluster) ?? [];
  }

  /** Fleet memberships of a GKE cluster. */
  membershipsOf(cluster: Resource): readonly Resource[] {
    return this.membershipsOfCluster.get(cluster) ?? [];
  }

  /**
   * The GKE cluster whose Gateways the multi-cluster controller reads: the one that feature
   * `multiclusteringress` names. Undefined if this stack does not say.
   */
  get configCluster(): Resource | undefined {
    this.knownConfig ??= { membership: this.findConfigMembership() };
    const { membership } = this.knownConfig;
    const [cluster] = [...this.membershipsOfCluster].flatMap(([cluster, registered]) => {
      return membership !== undefined && registered.includes(membership) ? [cluster] : [];
    });
    return cluster;
  }

  /** The membership that the feature names, in whatever spelling, or with a slip. */
  private findConfigMembership(): Resource | undefined {
    const feature = this.features.find((each) => {
      return each.props.at("name").text === "multiclusteringress";
    });
    const source = feature
      ?.dependenciesOf("spec")
      .map((urn) => this.anchors.get(urn))
      .find((anchor) => anchor !== undefined && memberships.matches(anchor));
    const named = feature?.props.at("spec", "multiclusteringress", "configMembership").text ?? "";
    const ids = new Map(
      this.memberships.map((each) => [each.props.at("membershipId").text ?? "", each]),
    );
    const id = lastSegment(named);
    const meant = slipOf(id, [...ids.keys()]) ?? "";
    return ids.get(id === "" ? "(none)" : id) ?? source ?? ids.get(meant === "" ? "(none)" : meant);
  }

  private memberBehind(provider: Resource | undefined): Member {
    if (provider === undefined) {
      return { key: DEFAULT_PROVIDER, name: DEFAULT_PROVIDER, cluster: undefined };
    }
    // The copy of a provider in an object lacks the sources of its values.
    const registered = this.anchors.get(provider.urn) ?? provider;
    const identifier = provider.props.at("clusterIdentifier").text;
    const cluster = this.clusterOf(registered) ?? this.clusterNamed(identifier);
    const key = cluster?.urn ?? identifier ?? provider.urn;
    return { key, name: cluster?.name ?? provider.name, cluster };
  }

  /**
   * The cluster of a provider. Where its kubeconfig is of one cluster and its identifier names another,
   * one of the two is a mistake: more likely the one whose cluster has a provider already.
   */
  private clusterOf(provider: Resource): Resource | undefined {
    const placed = this.placed.get(provider);
    const reached = placed?.reached ?? this.clusterAmong(provider.dependencies);
    const named = placed?.named;
    if (reached === undefined || named === undefined || reached === named) {
      return reached;
    }
    return this.agreed.has(reached) ? named : reached;
  }

  private clusterAmong(urns: readonly string[]): Resource | undefined {
    return urns
      .map((urn) => this.anchors.get(urn))
      .find((anchor) => anchor !== undefined && clusters.matches(anchor));
  }

  /** cloud-reference-known reports the slip; other policies judge what was meant. */
  private clusterMeantBy(name: string): Resource | undefined {
    const meant = name === "" ? undefined : slipOf(name, [...this.clusterOfName.keys()]);
    return meant === undefined ? undefined : this.clusterOfName.get(meant);
  }

  private clusterNamed(identifier: string | undefined): Resource | undefined {
    const [, location, name = ""] = GKE_CONTEXT.exec(identifier ?? "") ?? [];
    const cluster = this.clusterOfName.get(name);
    return cluster?.props.at("location").text === location ? cluster : undefined;
  }

  private byCluster(
    resources: readonly Resource[],
    property: string,
  ): ReadonlyMap<Resource, readonly Resource[]> {
    const groups = new Map<Resource, Resource[]>();
    for (const resource of resources) {
      const cluster = this.clusterAt(resource, property);
      if (cluster !== undefined) {
        append(groups, cluster, resource);
      }
    }
    return groups;
  }
}

/** The region of a GKE cluster, whose location is a region or a zone; undefined if not known. */
export function regionOf(cluster: Resource): string | undefined {
  const location = cluster.props.at("location").text;
  return location?.replace(/-[a-z]$/, "");
}

/**
 * The cluster's name in Google Cloud: as given, otherwise its resource's name, which Pulumi
 * extends.
 */
function nameOf(cluster: Resource): string {
  return cluster.props.at("name").text ?? cluster.name;
}

function lastSegment(path: string): string {
  return path.split("/").at(-1) ?? "";
}

/** The text of a value, or the first text in it: a membership's endpoint is an object. */
function textIn(value: Value): string {
  if (value.text !== undefined) {
    return value.text;
  }
  const below = value.fields?.map(([, field]) => field) ?? value.items ?? [];
  return below.map(textIn).find((text) => text !== "") ?? "";
}
