import { networks, subnetworks } from "../fleet/cloudTypes";
import { byName, type Resource } from "../frame";

/** The VPC that a resource is in. */
export interface Vpc {
  /** The same key for all resources in one VPC; undefined if this preview does not show it. */
  readonly key: string | undefined;
  /** Its name in messages: that of its resource, otherwise `<project>/<name>`. */
  readonly name: string;
  /** Whether this stack makes it. */
  readonly made: boolean;
}

/** Name of a network, and its project if that is known. */
interface Link {
  readonly project: string | undefined;
  readonly name: string;
}

/** The network of a cluster that names none. */
const DEFAULT_NETWORK = "default";

/**
 * The VPC of each resource. In a first preview the id of a network is not known, but the resource
 * that it will come from is. A known id is a name, a path or a URL, with or without a project.
 */
export class Vpcs {
  private readonly networks: ReadonlyMap<string, Resource>;
  private readonly subnets: ReadonlyMap<string, Resource>;
  private readonly projectsOfName = new Map<string, Set<string>>();
  private readonly keyOfNetwork = new Map<Resource, string>();
  private readonly networkOfKey = new Map<string, Resource>();

  constructor(resources: readonly Resource[]) {
    const byUrn = (each: readonly Resource[]) => new Map(each.map((one) => [one.urn, one]));
    this.networks = byUrn(resources.filter((each) => networks.matches(each)).sort(byName));
    this.subnets = byUrn(resources.filter((each) => subnetworks.matches(each)));

    const made = [...this.networks.values()].map((network) => {
      return { source: network, link: linkOf(network.props.at("name").text, network) };
    });
    const linked = resources.map((resource) => {
      const source = this.sourceOf(resource);
      return { source, link: linkOf(resource.props.at("network").text, resource) };
    });
    for (const { link } of [...made, ...linked]) {
      this.noteProject(link);
    }
    const hidden = resources.filter(({ props }) => props.at("network").unknown);
    const nameless = new Set(hidden.map((resource) => this.sourceOf(resource)));
    const named = linked.filter(({ source }) => source !== undefined && !nameless.has(source));
    for (const { source, link } of [...made, ...mostSaidFirst(named)]) {
      this.claim(source, link);
    }
  }

  /** The VPC that a resource's `network` names. */
  of(resource: Resource): Vpc {
    const network = resource.props.at("network");
    const source = this.sourceOf(resource);
    const key = network.unknown
      ? source && (this.keyOfNetwork.get(source) ?? source.urn)
      : this.keyOf(linkOf(network.absent ? DEFAULT_NETWORK : network.text, resource));
    const made = this.networkOfKey.get(key ?? "") ?? this.networks.get(key ?? "");
    return { key, name: made?.name ?? key ?? "(not known yet)", made: made !== undefined };
  }

  /** The key of the VPC that a network of this stack makes. */
  keyOfMade(network: Resource): string {
    return this.keyOfNetwork.get(network) ?? network.urn;
  }

  private noteProject(link: Link | undefined): void {
    if (link?.project !== undefined) {
      const projects = this.projectsOfName.get(link.name) ?? new Set();
      this.projectsOfName.set(link.name, projects.add(link.project));
    }
  }

  /** Networks of one name in two projects differ; a name without a project may be either. */
  private keyOf(link: Link | undefined): string | undefined {
    const [only, ...others] = this.projectsOfName.get(link?.name ?? "") ?? [];
    const project = link?.project ?? only;
    if (link === undefined || (link.project === undefined && others.length > 0)) {
      return undefined;
    }
    return project === undefined ? link.name : `${project}/${link.name}`;
  }

  /** References that come from a network's resource show its name, which the resource may not. */
  private claim(network: Resource | undefined, link: Link | undefined): void {
    const key = this.keyOf(link);
    if (network === undefined || key === undefined) {
      return;
    }
    if (!this.keyOfNetwork.has(network) && !this.networkOfKey.has(key)) {
      this.keyOfNetwork.set(network, key);
      this.networkOfKey.set(key, network);
    }
  }

  /** The one network that a resource's `network` comes from, directly or by a subnet in it. */
  private sourceOf(resource: Resource): Resource | undefined {
    const urns = resource.dependenciesOf("network").flatMap((urn) => {
      return [urn, ...(this.subnets.get(urn)?.dependenciesOf("network") ?? [])];
    });
    const sources = [...new Set(urns)].flatMap((urn) => this.networks.get(urn) ?? []);
    return sources.length === 1 ? sources[0] : undefined;
  }
}

/** The source of a resource's network, and the name that the resource gives it. */
interface Linked {
  readonly source: Resource | undefined;
  readonly link: Link | undefined;
}

/**
 * The most frequent one first: a resource that differs from the majority is the mistake, whatever
 * its position.
 */
function mostSaidFirst(linked: readonly Linked[]): readonly Linked[] {
  const said = new Map<string, { readonly linked: Linked; count: number }>();
  for (const each of linked) {
    const key = [each.source?.urn, each.link?.project, each.link?.name].join(" ");
    const known = said.get(key) ?? { linked: each, count: 0 };
    known.count += 1;
    said.set(key, known);
  }
  const sorted = [...said].sort(([key, one], [otherKey, other]) => {
    return other.count - one.count || (key < otherKey ? -1 : 1);
  });
  return sorted.map(([, one]) => one.linked);
}

function linkOf(network: string | undefined, { props, provider }: Resource): Link | undefined {
  if (network === undefined) {
    return undefined;
  }
  const given = /(?:^|\/)projects\/([^/]+)\//.exec(network)?.[1];
  const project = given ?? props.at("project").text ?? provider?.props.at("project").text;
  // A project number cannot be mapped to a project id here.
  const known = project !== undefined && !/^\d+$/.test(project);
  return { project: known ? project : undefined, name: network.split("/").at(-1) ?? "" };
}
