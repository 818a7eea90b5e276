import { Cloud } from "../../cloud";
import { AnyCollection, methodsOf, Reference } from "../../collection";
import { Service } from "../../service";
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
import { selfLink } from "./common";
import { computeService } from "./service";

/** Kinds of Compute Engine that only GKE's controllers create here: everyone may read and delete them. */
export function madeByGke(cloud: Cloud): AnyCollection[] {
  const service = computeService(cloud);
  const made = (kind: Kind<Managed>, noun: string, resource: string) =>
    collection(service, kind, noun, `compute.${resource}`);
  return [
    made(NETWORK_ENDPOINT_GROUP, "network_endpoint_group", "networkEndpointGroups"),
    made(FORWARDING_RULE, "forwarding_rule", "globalForwardingRules"),
    made(TARGET_HTTP_PROXY, "target_http_proxy", "targetHttpProxies"),
    made(URL_MAP, "url_map", "urlMaps"),
    made(BACKEND_SERVICE, "backend_service", "backendServices"),
    made(HEALTH_CHECK, "health_check", "healthChecks"),
  ];
}

function collection(
  service: Service,
  kind: Kind<Managed>,
  noun: string,
  methods: string,
): AnyCollection {
  return {
    kind,
    service,
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
