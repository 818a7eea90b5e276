import { GCP_BACKEND_POLICY, gcpBackendPolicies } from "../fleet/kinds";
import {
  boolean,
  integer,
  labels,
  list,
  object,
  type ObjectShape,
  type Selector,
  string,
  type Value,
} from "../frame";

/** Kinds of backend that a GCPBackendPolicy can split into scopes. */
export const SCOPED_KINDS = ["ServiceImport", "GCPInferencePoolImport"];

/** Kinds of backend whose requests the endpoint picker routes. */
export const INFERENCE_KINDS = ["InferencePool", "GCPInferencePoolImport"];

const PLAIN_SERVICE_KINDS = ["Service", "ServiceImport", "ServiceExport"];

/** What `default` takes as a whole or each of its scopes for itself, never both. */
const scopable = {
  backendPreference: string,
  balancingMode: string,
  capacityScalerPercent: integer,
  customMetrics: list(
    object({ name: string, dryRun: boolean, maxUtilizationPercent: integer }, ["name", "dryRun"]),
  ),
  maxInFlightRequestsPerEndpoint: integer,
  maxRatePerEndpoint: integer,
  trafficDuration: string,
};

/** Names of the fields that `default` and its scopes share. */
export const SCOPABLE = Object.keys(scopable);

/**
 * Every field of a GCPBackendPolicy, as in the newest CRD read from a GKE cluster. Older ones lack
 * `trafficDuration`, `maxInFlightRequestsPerEndpoint` and the balancing mode IN_FLIGHT (GKE 1.33).
 */
export const GCP_BACKEND_POLICY_SPEC: ObjectShape = object(
  {
    targetRef: object({ group: string, kind: string, name: string, namespace: string }, [
      "group",
      "kind",
      "name",
    ]),
    default: object({
      ...scopable,
      connectionDraining: object({ drainingTimeoutSec: integer }),
      iap: object({
        enabled: boolean,
        clientID: string,
        oauth2ClientSecret: object({ name: string }),
      }),
      logging: object({
        enabled: boolean,
        optionalFields: list(string),
        optionalMode: string,
        sampleRate: integer,
      }),
      scopes: list(
        object({
          ...scopable,
          selector: labels(["gke.io/cluster-name", "gke.io/region", "gke.io/zone"]),
        }),
      ),
      securityPolicy: string,
      sessionAffinity: object({ type: string, cookieTtlSec: integer }),
      timeoutSec: integer,
    }),
  },
  ["targetRef"],
);

/** Backend policies, except those for a plain Service. A patch usually does not name its target. */
export const inferenceBackendPolicies: Selector = {
  label: `${GCP_BACKEND_POLICY.kind} of an inference pool`,
  matches: (resource) => {
    const target = resource.props.at("spec", "targetRef", "kind").text ?? "";
    return gcpBackendPolicies.matches(resource) && !PLAIN_SERVICE_KINDS.includes(target);
  },
};

/** The places where a backend policy may set what its scopes can: `default` and each scope. */
export function balancingPlaces(spec: Value): readonly Value[] {
  const defaults = spec.at("default");
  return [defaults, ...(defaults.at("scopes").items ?? [])];
}
