import { type Resource, resourcesOfType, type Stack, type Value } from "../frame";

import { type IpRange, ipRangeOf } from "./ipRange";

const firewalls = resourcesOfType("gcp:compute/firewall:Firewall");

/** Protocols, by name and number, that let TCP in. */
const TCP = ["tcp", "6", "all"];

/** A firewall rule that lets requests in. */
export class FirewallRule {
  readonly resource: Resource;
  readonly allows: Value;
  /** The ranges that it lets requests in from. */
  readonly sources: Value;
  private readonly ranges: readonly IpRange[];

  constructor(resource: Resource) {
    this.resource = resource;
    this.allows = resource.props.at("allows");
    this.sources = resource.props.at("sourceRanges");
    this.ranges = (this.sources.items ?? []).flatMap(({ text = "" }) => ipRangeOf(text) ?? []);
  }

  /** It lets in every address, as does a rule without sources. */
  get isForAll(): boolean {
    if (this.ranges.some(({ prefix }) => prefix === 0)) {
      return true;
    }
    const others = ["sourceTags", "sourceServiceAccounts"].map((key) =>
      this.resource.props.at(key),
    );
    return [this.sources, ...others].every((value) => value.absent || value.items?.length === 0);
  }

  /** An unknown value that hides a source or a port. */
  get hidden(): Value | undefined {
    const entries = this.allows.items ?? [];
    const parts = entries.flatMap((entry) => [entry.at("protocol"), entry.at("ports")]);
    const ports = entries.flatMap((entry) => entry.at("ports").items ?? []);
    const sources = this.sources.items ?? [];
    const all = [this.sources, ...sources, this.allows, ...entries, ...parts, ...ports];
    return all.find(({ unknown }) => unknown);
  }

  /** It lists no protocol to let in. */
  get opensNothing(): boolean {
    return this.allows.items?.length === 0;
  }

  /** Whether it names this port by itself, in whatever protocol. */
  names(port: number): boolean {
    return this.portTexts().some((text) => text === `${port}`);
  }

  /** Whether one of its sources is part of this range. */
  isFor(range: IpRange): boolean {
    return this.ranges.some((own) => own.first >= range.first && own.last <= range.last);
  }

  /** Whether it lets in all that comes from this range. */
  covers(range: IpRange): boolean {
    const within = (own: IpRange) => own.first <= range.first && own.last >= range.last;
    return this.isForAll || this.ranges.some(within);
  }

  /** Whether it lets TCP in at this port. */
  opens(port: number): boolean {
    const entries = (this.allows.items ?? []).filter((entry) => {
      return TCP.includes(entry.at("protocol").text?.toLowerCase() ?? "");
    });
    return entries.some((entry) => {
      const ports = entry.at("ports").items ?? [];
      return ports.length === 0 || ports.some((value) => includes(value, port));
    });
  }

  private portTexts(): readonly string[] {
    const entries = this.allows.items ?? [];
    const ports = entries.flatMap((entry) => entry.at("ports").items ?? []);
    return ports.map(({ raw }) => String(raw));
  }
}

/** The rules of a stack that are on, and let something in. */
export function firewallRulesOf(stack: Stack): readonly FirewallRule[] {
  const inward = stack.select(firewalls).filter(({ props }) => {
    const direction = props.at("direction");
    return props.at("disabled").raw !== true && (direction.text ?? "INGRESS") === "INGRESS";
  });
  return inward
    .filter(({ props }) => !props.at("allows").absent)
    .map((resource) => new FirewallRule(resource));
}

/** `8000`, or `8000-8007`. */
function includes({ raw }: Value, port: number): boolean {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(String(raw)) ?? [];
  return first !== undefined && Number(first) <= port && port <= Number(last);
}
