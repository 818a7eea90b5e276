import { Dated } from "../../dated";
import { Gateway, HTTPRoute } from "../world/kinds";
import { keyOf } from "../world/world";

export const CAPABILITIES_DATED: Dated = {
  title: "Fields of routes and listeners that gateways of GKE do not take",
  source:
    "kubernetes-sigs/gateway-api, conformance/reports/v1.4.0/gke-gateway, of 2026-03-19; issues that the table names",
  asOf: "2026-03-19",
  goodForMonths: 12,
};

/**
 * What the Gateway API's CRDs take and GKE's gateway controllers do not, field by field.
 *
 * Sources, as of 2026-11-28. `report`: Google's own conformance report of GKE 1.34.4-gke.1047000, class
 * gke-l7-regional-external-managed, 2026-03-19 (kubernetes-sigs/gateway-api,
 * conformance/reports/v1.4.0/gke-gateway, `unsupportedFeatures`). `seen`: a controller's words, quoted in public: timeouts
 * kserve/kserve#5311; regular expressions GoogleCloudPlatform/gke-gateway-api#54 and kserve's route; filters of
 * gke-l7-gxlb, method, port of a redirect and ReplaceFullPath in users' notes on GWCER104. The report lists what fails and
 * not in which words: its rows speak in the form of those that were seen. That the class for several regions takes what
 * the report's class takes is not settled: "GatewayClass capabilities" of GKE's documentation says it.
 */
interface Refusal {
  /** Keys below `spec`; `*` stands for each entry of a list. */
  at: string[];
  /** Values that are taken all the same. @default none */
  except?: (value: unknown) => boolean;
  /** What the controller says. */
  words: string;
  source: "report" | "seen" | "standard channel has no such field";
  /** Classes that it is about. @default all of GKE's */
  classes?: string[];
}

const CLASSIC = ["gke-l7-gxlb", "gke-l7-gxlb-mc"];
const oneOf =
  (...allowed: unknown[]) =>
  (value: unknown) =>
    allowed.includes(value);
const atMostOne = (type: string) => (value: unknown) =>
  Array.isArray(value) && value.filter((filter) => typeOf(filter) === type).length <= 1;

const ROUTE: Refusal[] = [
  { at: ["rules", "*", "timeouts"], words: "Timeouts are not supported.", source: "seen" },
  {
    at: ["rules", "*", "retry"],
    words: "Retries are not supported.",
    source: "standard channel has no such field",
  },
  {
    at: ["rules", "*", "sessionPersistence"],
    words: "Session persistence is not supported.",
    source: "standard channel has no such field",
  },
  {
    at: ["rules", "*", "matches", "*", "path"],
    except: (path) => !(isObject(path) && path.type === "RegularExpression"),
    words: "Paths must start with a '/' character",
    source: "seen",
  },
  {
    at: ["rules", "*", "matches", "*", "method"],
    words: "Method matching is not supported.",
    source: "seen",
  },
  {
    at: ["rules", "*", "matches", "*", "queryParams"],
    words: "Query parameter matching is not supported.",
    source: "report",
  },
  {
    at: ["rules", "*", "filters"],
    classes: CLASSIC,
    words:
      "classic GXLB (GatewayClass gke-l7-gxlb) does not support rule filters, GFEv3 based External LB " +
      "(GatewayClass gke-l7-global-external-managed) supports rule filters.",
    source: "seen",
  },
  {
    at: ["rules", "*", "filters"],
    except: atMostOne("RequestMirror"),
    words: "Multiple request mirrors are not supported.",
    source: "report",
  },
  {
    at: ["rules", "*", "filters", "*", "cors"],
    words: "CORS filters are not supported.",
    source: "report",
  },
  {
    at: ["rules", "*", "filters", "*", "requestRedirect", "port"],
    words: "Redirects to a port are not supported.",
    source: "seen",
  },
  {
    at: ["rules", "*", "filters", "*", "requestRedirect", "statusCode"],
    except: oneOf(301, 302),
    words: "Redirect status codes other than 301 and 302 are not supported.",
    source: "report",
  },
  {
    at: ["rules", "*", "filters", "*", "urlRewrite", "path", "type"],
    except: oneOf("ReplacePrefixMatch"),
    words: "ReplaceFullPath is not supported.",
    source: "seen",
  },
  {
    at: ["rules", "*", "backendRefs", "*", "filters"],
    words: "Backend filters are not supported.",
    source: "report",
  },
  {
    at: ["parentRefs", "*", "port"],
    words: "Ports of parent references are not supported.",
    source: "report",
  },
];

/** Why GKE's controllers cannot make anything of a route behind this Gateway, in their words. */
export function routeProblem(gateway: Gateway, route: HTTPRoute): string | undefined {
  const { gatewayClassName } = gateway.spec;
  for (const { at, except, words, classes } of ROUTE) {
    if (classes && !classes.includes(gatewayClassName)) continue;
    const refused = valuesAt(route.spec, at).find((value) => !except?.(value));
    if (refused === undefined) continue;
    const err = isPath(refused) ? `${words} "${refused.value}"` : words;
    return `Error GWCER104: HTTPRoute "${keyOf(route)}" is misconfigured, err: ${err}`;
  }
  return undefined;
}

/** What is set at these keys. An empty list is as good as none. */
function valuesAt(value: unknown, [key, ...rest]: string[]): unknown[] {
  if (value === undefined || value === null) return [];
  if (key === undefined) return Array.isArray(value) && value.length === 0 ? [] : [value];
  if (key === "*") return Array.isArray(value) ? value.flatMap((each) => valuesAt(each, rest)) : [];
  return isObject(value) ? valuesAt(value[key], rest) : [];
}

function isPath(value: unknown): value is { value: string } {
  return isObject(value) && typeof value.value === "string";
}

function typeOf(filter: unknown): unknown {
  return isObject(filter) ? filter.type : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
