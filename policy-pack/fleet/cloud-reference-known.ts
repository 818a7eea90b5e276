import {
  type Finding,
  groupBy,
  on,
  reliability,
  type Resource,
  slipOf,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import {
  CLOUD_REFERENCES,
  locationOf,
  type Named,
  namedBy,
  type Referred,
} from "./cloudReferences";
import { areApart, projectOf } from "./project";

export const cloudReferenceKnown = stackPolicy({
  name: "cloud-reference-known",
  description: "A resource that names another of the stack by its text has no slip in the name.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Write the name as the message suggests, or pass the output of the other resource. A name that " +
    "is not like one of this stack is taken for that of another stack.",
  url: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/",
  settings: {},

  *judge(stack) {
    const known = new Map<Referred, NamedResources>();
    for (const { from, to, valuesIn } of CLOUD_REFERENCES) {
      const there = known.get(to) ?? new NamedResources(stack, to);
      known.set(to, there);
      for (const resource of there.any ? stack.select(from) : []) {
        for (const value of valuesIn(resource.props)) {
          yield* referenceFindings(resource, value, there);
        }
      }
    }
  },
});

/** The resources of a kind, by their names in Google Cloud. */
class NamedResources {
  readonly what: string;
  private readonly byName: ReadonlyMap<string, readonly Resource[]>;
  private readonly urns: ReadonlySet<string>;
  private readonly slips = new Map<string, string | undefined>();

  constructor(stack: Stack, { what, are, name }: Referred) {
    this.what = what;
    const all = stack.select(are);
    this.urns = new Set(all.map(({ urn }) => urn));
    this.byName = groupBy(
      all.filter(({ props }) => props.at(name).text !== undefined),
      ({ props }) => props.at(name).text ?? "",
    );
  }

  get any(): boolean {
    return this.byName.size > 0;
  }

  /** The resources of that name. */
  named(name: string): readonly Resource[] {
    return this.byName.get(name) ?? [];
  }

  /** Whether one of the resources is among these. */
  hasOneOf(urns: readonly string[]): boolean {
    return urns.some((urn) => this.urns.has(urn));
  }

  /** The resource whose name is meant by one with a slip. */
  meantBy(name: string): Resource | undefined {
    if (!this.slips.has(name)) {
      this.slips.set(name, slipOf(name, [...this.byName.keys()]));
    }
    return this.byName.get(this.slips.get(name) ?? "")?.[0];
  }

  nameOf(resource: Resource): string | undefined {
    return [...this.byName].find(([, all]) => all.includes(resource))?.[0];
  }
}

function* referenceFindings(
  resource: Resource,
  value: Value,
  there: NamedResources,
): Generator<Finding> {
  const named = value.text === undefined ? undefined : namedBy(value.text);
  const comesFrom = resource.dependenciesOf(String(value.keys[0]));
  // The name of a resource that is replaced may still be the old one.
  if (named === undefined || there.hasOneOf(comesFrom)) {
    return;
  }
  const namesakes = there.named(named.name);
  const slipped = there.meantBy(named.name);
  const meant =
    namesakes.length > 0
      ? slippedPlace(named, namesakes)
      : slipped && isAt(named, slipped) && there.nameOf(slipped);
  if (meant !== undefined && meant !== false) {
    const problem = `${value} names no ${there.what} of this stack`;
    yield on(resource, violation(value, problem, `did you mean ${meant}?`));
  }
}

/** Whether a reference may be to something in that resource's place. */
function isAt(named: Named, resource: Resource): boolean {
  const location = locationOf(resource).text;
  const isThere = named.location === undefined || (location ?? named.location) === named.location;
  return isThere && !areApart(named.project, projectOf(resource));
}

/** The location or the project that is meant by one with a slip; undefined if one is right. */
function slippedPlace(named: Named, namesakes: readonly Resource[]): string | undefined {
  if (namesakes.some((resource) => isAt(named, resource))) {
    return undefined;
  }
  const { project, location } = named;
  const locations = namesakes.filter((each) => isAt({ ...named, location: undefined }, each));
  const projects = namesakes.filter((each) => isAt({ ...named, project: undefined }, each));
  return (
    slipOf(
      location ?? "",
      locations.flatMap((each) => locationOf(each).text ?? []),
    ) ??
    slipOf(
      project ?? "",
      projects.flatMap((each) => projectOf(each) ?? []),
    )
  );
}
