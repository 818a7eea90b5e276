import { advice, type Finding, listed, nameHint, type Value, violation } from "../frame";
import { knownRegions, regionOfZone } from "../nodes/regionZones";

const REGION = "gke.io/region";
const ZONE = "gke.io/zone";

/** `us-east4`, `northamerica-northeast1` */
const REGION_FORM = /^[a-z]+-[a-z]+\d+$/;

/** Scopes that pick nothing, by their selectors alone. */
export function* selectorFindings(scopes: Value): Generator<Finding> {
  const firstOf = new Map<string, Value>();
  for (const scope of scopes.items ?? []) {
    const selector = scope.at("selector");
    yield* regionFindings(selector.at(REGION));
    yield* zoneFindings(selector.at(ZONE));
    const key = keyOf(selector);
    const first = key === undefined ? undefined : firstOf.get(key);
    if (first !== undefined) {
      const problem = `picks what ${first.path} picks, and GKE applies only the first scope that fits`;
      yield violation(selector, problem, "merge the two scopes into one");
    } else if (key !== undefined) {
      firstOf.set(key, scope);
    }
  }
}

/** The same for two selectors that pick the same; undefined if a part is not known yet. */
function keyOf(selector: Value): string | undefined {
  const labels = selector.fields?.map(([key, { text }]) => [key, text] as const) ?? [];
  const isKnown = labels.length > 0 && labels.every(([, text]) => text !== undefined);
  return isKnown
    ? JSON.stringify([...labels].sort(([one], [two]) => (one < two ? -1 : 1)))
    : undefined;
}

function* regionFindings(region: Value): Generator<Finding> {
  const { text } = region;
  if (text === undefined || knownRegions.includes(text)) {
    return;
  }
  const problem = `${region} is not a region of Google Cloud`;
  const fix = nameHint(text, knownRegions, 'write one such as "us-east4"');
  // Google adds regions, but no name without a number, or with a blank.
  yield REGION_FORM.test(text)
    ? advice(region, `${problem} that is known here`, fix)
    : violation(region, problem, fix);
}

function* zoneFindings(zone: Value): Generator<Finding> {
  if (zone.text !== undefined && regionOfZone(zone.text) === undefined) {
    const problem = `${zone} is not a zone of Google Cloud`;
    yield violation(zone, problem, 'write one such as "us-east4-a"');
  }
}

/** Scopes for a region in which no cluster of the pool is. */
export function* strayFindings(scopes: Value, regions: readonly string[]): Generator<Finding> {
  for (const scope of scopes.items ?? []) {
    const region = scope.at("selector", REGION);
    if (knownRegions.includes(region.text ?? "") && !regions.includes(region.text ?? "")) {
      const problem = `no cluster of this stack has the pool in ${region}, so the scope picks nothing here`;
      yield advice(region, problem, `check its region: the pool is in ${listed(regions)}`);
    }
  }
}
