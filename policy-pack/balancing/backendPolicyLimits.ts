import type { Limits } from "../frame";

/** Limits of a rate or a number of requests for one endpoint. */
const PER_ENDPOINT: Limits = { minimum: 1, maximum: 1_000_000_000 };

const METRIC_NAME: Limits = {
  longest: 63,
  pattern: /^[a-z]([-_.:a-z0-9]*[a-z0-9])?$/,
  form: "a name of a-z, 0-9, -, _, . and : that begins with a letter and ends with a letter or digit",
};

const LOG_FIELD: Limits = {
  longest: 63,
  pattern: /^[a-z]([-_.a-z0-9]*[a-z0-9])?$/,
  form: "a name of a-z, 0-9, -, _ and . that begins with a letter and ends with a letter or digit",
};

/**
 * Limits of a GCPBackendPolicy's `default`, as in the newest CRD read from a GKE cluster. In that of
 * GKE 1.33 a selector's values are shorter (30), and a metric's name takes no colon.
 */
export const BACKEND_POLICY_LIMITS = limitsWith({});

/**
 * The same with the CRD's limit of maxUtilizationPercent, for policies without a narrower range.
 */
export const BACKEND_POLICY_LIMITS_AND_UTILIZATION = limitsWith({
  maxUtilizationPercent: { minimum: 0, maximum: 100 },
});

function limitsWith(metric: Readonly<Record<string, Limits>>): Limits {
  const scopable: Readonly<Record<string, Limits>> = {
    backendPreference: { choices: ["DEFAULT", "PREFERRED"] },
    balancingMode: { choices: ["RATE", "UTILIZATION", "CUSTOM_METRICS", "IN_FLIGHT"] },
    capacityScalerPercent: { minimum: 0, maximum: 100 },
    customMetrics: { most: 2, items: { fields: { name: METRIC_NAME, ...metric } } },
    maxInFlightRequestsPerEndpoint: PER_ENDPOINT,
    maxRatePerEndpoint: PER_ENDPOINT,
    trafficDuration: { choices: ["SHORT", "LONG"] },
  };
  return {
    fields: {
      ...scopable,
      connectionDraining: { fields: { drainingTimeoutSec: { minimum: 0, maximum: 3600 } } },
      logging: {
        fields: {
          optionalFields: { most: 30, items: LOG_FIELD },
          optionalMode: { choices: ["EXCLUDE_ALL_OPTIONAL", "INCLUDE_ALL_OPTIONAL", "CUSTOM"] },
          sampleRate: { minimum: 0, maximum: 1_000_000 },
        },
      },
      scopes: {
        most: 16,
        items: { fields: { ...scopable, selector: { values: { longest: 63 } } } },
      },
      sessionAffinity: {
        fields: {
          type: {
            choices: ["CLIENT_IP", "GENERATED_COOKIE", "HEADER_FIELD", "HTTP_COOKIE", "NONE"],
          },
          cookieTtlSec: { minimum: 0, maximum: 1_209_600 },
        },
      },
      timeoutSec: { minimum: 1, maximum: 2_147_483_647 },
    },
  };
}
