import { INFERENCE_POOL, POOL_IMPORT } from "../fleet/kinds";
import {
  entriesAt,
  type Finding,
  nearest,
  pending,
  type Resource,
  type Value,
  violation,
} from "../frame";

/** Kinds of backend in several clusters, and their groups. */
const GROUP_OF: Readonly<Record<string, string>> = {
  [POOL_IMPORT]: "networking.gke.io",
  ServiceImport: "net.gke.io",
};

/** Kinds of backend with model servers. */
const POOLS = [POOL_IMPORT, INFERENCE_POOL.kind];

/** Filters that answer a request in place of a backend. */
const ANSWERS = ["RequestRedirect", "ExtensionRef"];

/** The backend references of a route; a value that is not known yet stands for those in it. */
export function backendRefsOf(route: Resource): readonly Value[] {
  return entriesAt(route.props.at("spec"), "rules").flatMap((rule) => {
    return entriesAt(rule, "backendRefs");
  });
}

/**
 * Rules of a route that send requests nowhere, and backends that the gateway does not know.
 *
 * @param multiCluster a Gateway of a class for several clusters serves the route
 */
export function* backendFindings(route: Resource, multiCluster: boolean): Generator<Finding> {
  const rules = route.props.at("spec", "rules");
  const fix = "add a rule with the backends that requests go to";
  yield* listFindings(rules, "so the route sends requests nowhere", fix);
  for (const rule of rules.items ?? []) {
    const refs = rule.at("backendRefs");
    if (rule.unknown) {
      yield pending(rule);
    } else if (!answersItself(rule)) {
      const name = `name the pool's ${POOL_IMPORT}`;
      yield* listFindings(refs, "so requests are answered with an error", name);
    }
    yield* weightFindings(refs);
    for (const ref of refs.items ?? []) {
      yield* refFindings(ref, multiCluster);
    }
  }
}

/** Backends of weight 0 get no request, and a rule with pools alone of that weight serves no model. */
function* weightFindings(refs: Value): Generator<Finding> {
  const entries = refs.items ?? [];
  const weights = entries.map((ref) => ref.at("weight"));
  const hasPool = entries.some((ref) => POOLS.includes(ref.at("kind").text ?? ""));
  const [first] = weights;
  if (hasPool && first !== undefined && weights.every(({ raw }) => raw === 0)) {
    const problem =
      "every backend of this rule has weight 0, so requests are answered with an error";
    yield violation(first, problem, "give one of them a weight above 0");
  }
}

function* listFindings(list: Value, effect: string, fix: string): Generator<Finding> {
  if (list.unknown) {
    yield pending(list);
  } else if (list.items === undefined || list.items.length === 0) {
    yield violation(list, `${emptyText(list)}, ${effect}`, fix);
  }
}

/** What is wrong with a list that has no entries. */
export function emptyText(list: Value): string {
  if (list.absent) {
    return "is not set";
  }
  return list.items === undefined ? `${list} is not a list` : "is empty";
}

function answersItself(rule: Value): boolean {
  const filters = rule.at("filters");
  return (
    filters.unknown ||
    (filters.items ?? []).some((filter) => {
      const type = filter.at("type");
      return type.unknown || ANSWERS.includes(type.text ?? "");
    })
  );
}

/** A backend without a kind is a Service. */
function* refFindings(ref: Value, multiCluster: boolean): Generator<Finding> {
  const [group, kind] = [ref.at("group"), ref.at("kind")];
  const hidden = [group, kind].find(({ unknown }) => unknown);
  const given = kind.absent ? "Service" : (kind.text ?? "");
  if (hidden !== undefined) {
    if (multiCluster) {
      yield pending(ref.unknown ? ref : hidden);
    }
  } else if (given === POOL_IMPORT || (multiCluster && Object.hasOwn(GROUP_OF, given))) {
    yield* groupFindings(group, given);
  } else {
    yield* kindFindings(kind, given, multiCluster);
  }
}

function* groupFindings(group: Value, kind: string): Generator<Finding> {
  const wanted = GROUP_OF[kind];
  if (group.text !== wanted) {
    const problem = group.absent ? `is not set for a ${kind}` : `${group} has no ${kind}`;
    yield violation(group, problem, `write "${wanted}"`);
  }
}

function* kindFindings(kind: Value, given: string, multiCluster: boolean): Generator<Finding> {
  const isClose = nearest(given, [POOL_IMPORT]) !== undefined;
  if (multiCluster) {
    const problem = kind.absent ? "is not set, and a Service" : String(kind);
    const fix = isClose
      ? `did you mean ${POOL_IMPORT}?`
      : `write "${POOL_IMPORT}" and its group, "${GROUP_OF[POOL_IMPORT]}"`;
    yield violation(kind, `${problem} is not a backend of a multi-cluster Gateway`, fix);
  } else if (isClose) {
    yield violation(kind, `there is no ${kind}`, `did you mean ${POOL_IMPORT}?`);
  }
}
