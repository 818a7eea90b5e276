import { atLeast, SINCE } from "../versions";
import { Kind } from "./definition";
import { conditionsOnly, targetRef } from "./policyAttachment";
import { array, boolean, integer, map, object, oneOf, Rule, Schema, string } from "./schema";

/**
 * GCPBackendPolicy as clusters have it: the dump of GKE 1.33, and a newer one whose first version
 * is not known and is taken to be 1.34.0. `maxUtilization`, and `dryRun` outside `customMetrics`,
 * are in neither.
 */
export function gcpBackendPolicy(gkeVersion: string): Kind {
  const generation = atLeast(gkeVersion, SINCE.longTraffic) ? NEWER : GKE_1_33;
  return {
    group: "networking.gke.io",
    version: "v1",
    kind: "GCPBackendPolicy",
    plural: "gcpbackendpolicies",
    scope: "Namespaced",
    spec: object(
      { targetRef, default: defaults(generation) },
      { required: ["targetRef"], rules: targetRules(generation) },
    ),
    status: conditionsOnly,
  };
}

interface Generation {
  balancingModes: string[];
  /** Has `trafficDuration` and `maxInFlightRequestsPerEndpoint`. */
  longTraffic: boolean;
  metricName: RegExp;
  selector: { entries: number; length: number };
  /** Kind of an imported pool, in the rules on scopes and session affinity. */
  poolImport: string;
  /** Kinds that cannot have session affinity. */
  inferenceKinds: string[];
}

const GKE_1_33: Generation = {
  balancingModes: ["RATE", "UTILIZATION", "CUSTOM_METRICS"],
  longTraffic: false,
  metricName: /^[a-z]([-_.a-z0-9]*[a-z0-9])?$/,
  selector: { entries: 4, length: 30 },
  poolImport: "InferencePoolImport",
  inferenceKinds: ["InferencePool", "InferencePoolImport"],
};

const NEWER: Generation = {
  balancingModes: ["RATE", "UTILIZATION", "CUSTOM_METRICS", "IN_FLIGHT"],
  longTraffic: true,
  metricName: /^[a-z]([-_.:a-z0-9]*[a-z0-9])?$/,
  selector: { entries: 10, length: 63 },
  poolImport: "GCPInferencePoolImport",
  inferenceKinds: ["InferencePool", "GCPInferencePoolImport"],
};

function defaults(generation: Generation): Schema {
  const balancing = balancingFields(generation);
  return object(
    {
      ...balancing,
      scopes: array(scope(generation), { maxItems: 16 }),
      timeoutSec: integer(1, 2147483647),
      connectionDraining: object({ drainingTimeoutSec: integer(0, 3600) }),
      logging: object({
        enabled: boolean(),
        sampleRate: integer(0, 1_000_000, "int32"),
        optionalMode: oneOf("EXCLUDE_ALL_OPTIONAL", "INCLUDE_ALL_OPTIONAL", "CUSTOM"),
        optionalFields: array(
          string({ minLength: 1, maxLength: 63, pattern: "^[a-z]([-_.a-z0-9]*[a-z0-9])?$" }),
          { maxItems: 30 },
        ),
      }),
      securityPolicy: string(),
      iap: object({
        enabled: boolean(),
        clientID: string(),
        oauth2ClientSecret: object({ name: string() }),
      }),
      sessionAffinity: object({
        type: oneOf("CLIENT_IP", "GENERATED_COOKIE", "HEADER_FIELD", "HTTP_COOKIE", "NONE"),
        cookieTtlSec: integer(0, 1_209_600),
      }),
    },
    {
      rules: [
        ...Object.keys(balancing).map(notInBoth),
        ...(generation.longTraffic ? BALANCING_RULES : []),
      ],
    },
  );
}

/** Fields that may stand in the default or in scopes, and not in both. */
function balancingFields(generation: Generation): Record<string, Schema> {
  return {
    balancingMode: oneOf(...generation.balancingModes),
    backendPreference: oneOf("DEFAULT", "PREFERRED"),
    capacityScalerPercent: integer(0, 100),
    customMetrics: array(customMetric(generation), { maxItems: 2 }),
    maxRatePerEndpoint: integer(1, 1_000_000_000),
    ...(generation.longTraffic && {
      maxInFlightRequestsPerEndpoint: integer(1, 1_000_000_000),
      trafficDuration: oneOf("SHORT", "LONG"),
    }),
  };
}

function customMetric(generation: Generation): Schema {
  return object(
    {
      name: string({ minLength: 1, maxLength: 63, pattern: generation.metricName.source }),
      dryRun: boolean(),
      maxUtilizationPercent: integer(0, 100, "int32"),
    },
    { required: ["dryRun", "name"] },
  );
}

function scope(generation: Generation): Schema {
  const { entries, length } = generation.selector;
  const selector = map(string(), {
    maxProperties: entries,
    rules: [
      {
        // In the dump of 1.33 this is a rule; the newer one says it in the field's text only.
        rule: "self.all(k, k in ['gke.io/zone', 'gke.io/region', 'gke.io/cluster-name'])",
        message:
          "The selector key can only be one of gke.io/zone, gke.io/region or gke.io/cluster-name.",
      },
      {
        rule: `self.all(k, k.size() <= 63 && self[k].size() <= ${length})`,
        message: `The selector value cannot be longer than ${length}`,
      },
    ],
  });
  return object({ selector, ...balancingFields(generation) });
}

function notInBoth(field: string): Rule {
  return {
    rule: `!has(self.${field}) || !has(self.scopes) || !self.scopes.exists(s, has(s.${field}))`,
    message: `${field} cannot be specified for both default and scopes fields`,
  };
}

function targetRules({ poolImport, inferenceKinds }: Generation): Rule[] {
  const kinds = inferenceKinds.map((kind) => `'${kind}'`).join(", ");
  return [
    {
      rule:
        `self.targetRef.kind in ['${poolImport}', 'ServiceImport'] ` +
        "|| !has(self.default) || !has(self.default.scopes)",
      message: `Scopes can only be configured for ServiceImport and ${poolImport} targets`,
    },
    {
      rule:
        `!(self.targetRef.kind in [${kinds}]) ` +
        "|| !has(self.default) || !has(self.default.sessionAffinity)",
      message: `sessionAffinity cannot be configured for ${inferenceKinds.join(" and ")} targets`,
    },
  ];
}

/** What may not go together, in the default alone and in the default as each scope changes it. */
const BALANCING_RULES: Rule[] = [
  ...forbid(
    "balancingMode cannot be RATE or unset when trafficDuration is LONG",
    (v) => `${v("trafficDuration")} == 'LONG' && ${v("balancingMode")} in ['', 'RATE']`,
  ),
  ...forbid(
    "balancingMode cannot be IN_FLIGHT when trafficDuration is SHORT or unset",
    (v) => `${v("trafficDuration")} in ['', 'SHORT'] && ${v("balancingMode")} == 'IN_FLIGHT'`,
  ),
  ...forbid(
    "maxInFlightRequestsPerEndpoint cannot be configured when balancingMode is RATE or unset",
    (v, has) => `${has("maxInFlightRequestsPerEndpoint")} && ${v("balancingMode")} in ['', 'RATE']`,
  ),
  ...forbid(
    "maxInFlightRequestsPerEndpoint cannot be configured when trafficDuration is SHORT or unset",
    (v, has) =>
      `${has("maxInFlightRequestsPerEndpoint")} && ${v("trafficDuration")} in ['', 'SHORT']`,
  ),
  ...forbid(
    "maxRatePerEndpoint cannot be configured when balancingMode is IN_FLIGHT",
    (v, has) => `${has("maxRatePerEndpoint")} && ${v("balancingMode")} == 'IN_FLIGHT'`,
  ),
  ...forbid(
    "trafficDuration cannot be LONG when maxRatePerEndpoint is configured",
    (v, has) => `${has("maxRatePerEndpoint")} && ${v("trafficDuration")} == 'LONG'`,
  ),
];

type Value = (field: string) => string;

/**
 * One sentence, two rules: for the default, and for it as a scope changes it. `value` gives a
 * field's text, empty where it is unset.
 */
function forbid(message: string, wrong: (value: Value, has: Value) => string): Rule[] {
  const ofDefault: Value = (field) => `(has(self.${field}) ? self.${field} : '')`;
  const ofScope: Value = (field) => `(has(s.${field}) ? s.${field} : ${ofDefault(field)})`;
  const hasDefault: Value = (field) => `has(self.${field})`;
  const hasEither: Value = (field) => `(has(s.${field}) || has(self.${field}))`;
  return [
    { rule: `!(${wrong(ofDefault, hasDefault)})`, message },
    {
      rule: `!has(self.scopes) || !self.scopes.exists(s, ${wrong(ofScope, hasEither)})`,
      message: `considering the combined Default and Scopes configurations, ${message}`,
    },
  ];
}
