import { AnyCollection, methodsOf, Reference } from "../../collection";
import { JsonObject } from "../../json";
import {
  BACKEND_SERVICE,
  FORWARDING_RULE,
  HEALTH_CHECK,
  Kind,
  Managed,
  NETWORK,
  NETWORK_ENDPOINT_GROUP,
  SUBNETWORK,
  TARGET_HTTP_PROXY,
  URL_MAP,
} from "../../kinds";
import { COMPUTE_ROOT, computeWording, selfLink } from "./common";

/** What of Compute Engine GKE's controllers alone make here: everybody may look at it and delete it. */
export function madeByGke(): AnyCollection[] {
  return [
    collection(
      NETWORK_ENDPOINT_GROUP,
      "zones/{zone}/networkEndpointGroups",
      "network_endpoint_group",
      "compute.networkEndpointGroups",
    ),
    collection(
      FORWARDING_RULE,
      "global/forwardingRules",
      "forwarding_rule",
      "compute.globalForwardingRules",
    ),
    collection(
      TARGET_HTTP_PROXY,
      "global/targetHttpProxies",
      "target_http_proxy",
      "compute.targetHttpProxies",
    ),
    collection(URL_MAP, "global/urlMaps", "url_map", "compute.urlMaps"),
    collection(
      BACKEND_SERVICE,
      "global/backendServices",
      "backend_service",
      "compute.backendServices",
    ),
    collection(HEALTH_CHECK, "global/healthChecks", "health_check", "compute.healthChecks"),
  ];
}

function collection(
  kind: Kind<Managed>,
  path: string,
  noun: string,
  methods: string,
): AnyCollection {
  return {
    kind,
    route: `${COMPUTE_ROOT}/${path}`,
    wording: computeWording,
    noun,
    methods: methodsOf(methods),
    make: (_name, input) => input,
    references: (_name, body) => [...to(NETWORK, body.network), ...to(SUBNETWORK, body.subnetwork)],
    view: (_name, { managed: _, ...body }) => ({
      ...body,
      ...linked("network", body.network),
      ...linked("subnetwork", body.subnetwork),
    }),
  };
}

function to(kind: Kind<JsonObject>, name: unknown): Reference[] {
  return typeof name === "string" ? [{ kind, name }] : [];
}

function linked(field: string, name: unknown): JsonObject {
  return typeof name === "string" ? { [field]: selfLink(name) } : {};
}
