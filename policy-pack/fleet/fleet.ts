import { append, byName, type Resource, type Selector, type Stack, type Value } from "../frame";

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
  /** Resources that link a value to a cluster: clusters, memberships, providers. */
  private readonly anchors: ReadonlyMap<string, Resource>;
  private readonly clusterOfName: ReadonlyMap<string, Resource>;
  private readonly nodePoolsOfCluster: ReadonlyMap<Resource, readonly Resource[]>;
  private readonly membershipsOfCluster: ReadonlyMap<Resource, readonly Resource[]>;
  private readonly memberOfProvider = new Map<string, Member>();

  constructor(resources: readonly Resource[]) {
    const pick = (selector: Selector) => {
      return resources.filter((each) => selector.matches(each)).sort(byName);
    };
    this.clusters = pick(clusters);
    this.features = pick(features);
    const registered = pick(memberships);
    const anchors = [...this.clusters, ...registered, ...pick(kubernetesProviders)];
    this.anchors = new Map(anchors.map((anchor) => [anchor.urn, anchor]));
    this.clusterOfName = new Map(this.clusters.map((cluster) => [nameOf(cluster), cluster]));
    this.nodePoolsOfCluster = this.byCluster(pick(nodePools), "cluster");
    this.membershipsOfCluster = this.byCluster(registered, "endpoint");
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
    return source ?? this.clusterOfName.get(lastSegment(textIn(resource.props.at(property))));
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
    const feature = this.features.find((each) => {
      return each.props.at("name").text === "multiclusteringress";
    });
    const source = feature
      ?.dependenciesOf("spec")
      .map((urn) => this.anchors.get(urn))
      .find((anchor) => anchor !== undefined && memberships.matches(anchor));
    const named = feature?.props.at("spec", "multiclusteringress", "configMembership").text;
    const all = [...this.membershipsOfCluster].flatMap(([cluster, registered]) => {
      return registered.map((membership) => ({ cluster, membership }));
    });
    return all.find(({ membership }) => {
      const id = membership.props.at("membershipId").text;
      return membership === source || (id !== undefined && id === lastSegment(named ?? ""));
    })?.cluster;
  }

  private memberBehind(provider: Resource | undefined): Member {
    if (provider === undefined) {
      return { key: DEFAULT_PROVIDER, name: DEFAULT_PROVIDER, cluster: undefined };
    }
    // The copy of a provider in an object lacks the sources of its values.
    const registered = this.anchors.get(provider.urn) ?? provider;
    const identifier = provider.props.at("clusterIdentifier").text;
    const cluster = this.clusterAmong(registered.dependencies) ?? this.clusterNamed(identifier);
    const key = cluster?.urn ?? identifier ?? provider.urn;
    return { key, name: cluster?.name ?? provider.name, cluster };
  }

  private clusterAmong(urns: readonly string[]): Resource | undefined {
    return urns
      .map((urn) => this.anchors.get(urn))
      .find((anchor) => anchor !== undefined && clusters.matches(anchor));
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
