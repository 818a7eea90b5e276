import {
  advice,
  type Dated,
  entriesAt,
  type Finding,
  pending,
  type Value,
  violation,
} from "../frame";

export const ROUTE_FIELDS_DATED: Dated = {
  title: "Fields of routes that gateways of GKE do not take",
  source:
    "kubernetes-sigs/gateway-api, conformance/reports/v1.4.0/gke-gateway, of 2026-03-19; kserve/kserve#5311; " +
    "GoogleCloudPlatform/gke-gateway-api#54",
  asOf: "2026-03-19",
  goodForMonths: 12,
};

/**
 * A field that the CRD of HTTPRoute takes and GKE's gateways do not.
 *
 * Certainly refused are fields that the controller was seen to refuse (error GWCER104): timeouts in
 * kserve/kserve#5311, regular expressions in GoogleCloudPlatform/gke-gateway-api#54, the rest in
 * users' notes; and fields that the standard channel of the Gateway API, which GKE installs, does
 * not have. The others are `unsupportedFeatures` of Google's conformance report for GKE 1.34.4 of
 * 2026-03-19 (kubernetes-sigs/gateway-api, conformance/reports/v1.4.0/gke-gateway).
 */
interface Unsupported {
  /** Keys below `spec`; `*` stands for each entry of a list. */
  readonly at: readonly string[];
  /** Whether GKE takes a value that is set there. @default never */
  readonly takes?: (value: Value) => boolean;
  readonly problem: string;
  readonly fix: string;
  /** Only the report lists it, so the policy only warns. */
  readonly onlyReported?: true;
  /** Classes that do not take it. @default all of GKE's */
  readonly classes?: readonly string[];
}

const RULE = ["rules", "*"] as const;
const MATCH = [...RULE, "matches", "*"] as const;
const FILTER = [...RULE, "filters", "*"] as const;

const UNSUPPORTED: readonly Unsupported[] = [
  {
    at: [...RULE, "timeouts"],
    problem: "GKE takes no route with timeouts",
    fix: "remove it, and set timeoutSec in the GCPBackendPolicy of the backend",
  },
  {
    at: [...RULE, "retry"],
    problem: "GKE takes no route with retries",
    fix: "remove it, and let clients try again",
  },
  {
    at: [...RULE, "sessionPersistence"],
    problem: "GKE takes no route with session persistence",
    fix:
      "remove it; a Service has sessionAffinity in its GCPBackendPolicy, in a pool the endpoint picker chooses the " +
      "endpoint",
  },
  {
    at: [...MATCH, "path", "type"],
    takes: ({ text }) => text !== "RegularExpression",
    problem: "GKE matches no regular expressions",
    fix: "write PathPrefix or Exact",
  },
  {
    at: [...MATCH, "method"],
    problem: "GKE matches no methods",
    fix: "match the path or a header",
  },
  {
    at: [...MATCH, "queryParams"],
    problem: "GKE matches no query parameters, by its conformance report",
    fix: "match the path or a header",
    onlyReported: true,
  },
  {
    at: [...RULE, "filters"],
    classes: ["gke-l7-gxlb", "gke-l7-gxlb-mc"],
    problem: "the classic load balancer has no filters",
    fix: "use class gke-l7-global-external-managed",
  },
  {
    at: [...RULE, "filters"],
    takes: ({ items }) => (items ?? []).filter(isMirror).length <= 1,
    problem: "GKE mirrors requests to one backend only, by its conformance report",
    fix: "leave one RequestMirror",
    onlyReported: true,
  },
  {
    at: [...FILTER, "cors"],
    problem: "GKE has no filter for CORS, by its conformance report",
    fix: "let the backend answer",
    onlyReported: true,
  },
  {
    at: [...FILTER, "requestRedirect", "port"],
    problem: "GKE redirects to no port",
    fix: "remove it; the scheme tells the port",
  },
  {
    at: [...FILTER, "requestRedirect", "statusCode"],
    takes: ({ number }) => number === 301 || number === 302,
    problem: "GKE redirects with 301 and 302 only, by its conformance report",
    fix: "write one of these",
    onlyReported: true,
  },
  {
    at: [...FILTER, "urlRewrite", "path", "type"],
    takes: ({ text }) => text === "ReplacePrefixMatch",
    problem: "GKE rewrites prefixes only",
    fix: "write ReplacePrefixMatch",
  },
  {
    at: [...RULE, "backendRefs", "*", "filters"],
    problem: "GKE filters by rule and not by backend, by its conformance report",
    fix: "move it to the filters of the rule",
    onlyReported: true,
  },
  {
    at: ["parentRefs", "*", "port"],
    problem: "GKE looks at no port of a parent, by its conformance report",
    fix: "name the listener by sectionName",
    onlyReported: true,
  },
];

/** Fields of a route that Gateways of these classes do not take. */
export function* unsupportedFindings(spec: Value, classes: readonly string[]): Generator<Finding> {
  for (const { at, takes, classes: about, problem, fix, onlyReported } of UNSUPPORTED) {
    if (about !== undefined && !classes.some((name) => about.includes(name))) {
      continue;
    }
    for (const value of valuesAt(spec, at)) {
      if (value.unknown) {
        yield pending(value);
      } else if (takes?.(value) !== true) {
        yield (onlyReported ? advice : violation)(value, problem, fix);
      }
    }
  }
}

/**
 * The values at these keys, or the unknown value that hides them. An empty list counts as absent.
 */
function valuesAt(value: Value, [key, next, ...rest]: readonly string[]): readonly Value[] {
  if (value.unknown || key === undefined) {
    return value.absent || value.items?.length === 0 ? [] : [value];
  }
  if (next === "*") {
    return entriesAt(value, key).flatMap((entry) => valuesAt(entry, rest));
  }
  return valuesAt(value.at(key), next === undefined ? [] : [next, ...rest]);
}

function isMirror(filter: Value): boolean {
  return filter.at("type").text === "RequestMirror";
}
