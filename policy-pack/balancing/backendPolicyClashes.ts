import { type Finding, type Value, violation } from "../frame";

import { balancingPlaces } from "./backendPolicy";

const UNSET = "";
const ANY = "any value";

/** Two settings, and the values of each that do not go together. */
interface Clash {
  readonly field: string;
  readonly values: readonly string[] | typeof ANY;
  readonly beside: string;
  readonly having: readonly string[];
  readonly fix: string;
}

const LONG_MODES = '"CUSTOM_METRICS", "IN_FLIGHT" or "UTILIZATION"';

/** The rules that the CRD of GCPBackendPolicy states in CEL. */
const CLASHES: readonly Clash[] = [
  {
    field: "balancingMode",
    values: [UNSET, "RATE"],
    beside: "trafficDuration",
    having: ["LONG"],
    fix: `set it to ${LONG_MODES}`,
  },
  {
    field: "trafficDuration",
    values: [UNSET, "SHORT"],
    beside: "balancingMode",
    having: ["IN_FLIGHT"],
    fix: 'set it to "LONG"',
  },
  {
    field: "maxInFlightRequestsPerEndpoint",
    values: ANY,
    beside: "balancingMode",
    having: [UNSET, "RATE"],
    fix: `set balancingMode to ${LONG_MODES}, or remove maxInFlightRequestsPerEndpoint`,
  },
  {
    field: "maxInFlightRequestsPerEndpoint",
    values: ANY,
    beside: "trafficDuration",
    having: [UNSET, "SHORT"],
    fix: 'set trafficDuration to "LONG", or remove maxInFlightRequestsPerEndpoint',
  },
  {
    field: "maxRatePerEndpoint",
    values: ANY,
    beside: "balancingMode",
    having: ["IN_FLIGHT"],
    fix: "write maxInFlightRequestsPerEndpoint, the limit of this mode, in its place",
  },
  {
    field: "maxRatePerEndpoint",
    values: ANY,
    beside: "trafficDuration",
    having: ["LONG"],
    fix: "remove it; a rate says nothing about requests that take long",
  },
];

/** `default` or one of its scopes. */
interface Place {
  readonly own: Value;
  readonly defaults: Value;
}

/**
 * Settings of a GCPBackendPolicy that do not go together: in `default`, and in `default` with the
 * changes of each scope.
 */
export function* clashes(spec: Value): Generator<Finding> {
  for (const own of balancingPlaces(spec)) {
    const place = { own, defaults: spec.at("default") };
    for (const clash of CLASHES) {
      yield* clashFindings(clash, place);
    }
  }
}

function* clashFindings(clash: Clash, place: Place): Generator<Finding> {
  const { field, values, beside, having, fix } = clash;
  // A clash within `default` is reported there, not for each of its scopes.
  if (place.own.at(field).absent && place.own.at(beside).absent) {
    return;
  }
  const [value, other] = [inForce(place, field), inForce(place, beside)];
  const wrong = values === ANY ? value.present : isOneOf(value, values);
  if (wrong && isOneOf(other, having)) {
    const given = value.absent ? "is not set, which" : String(value);
    const rival = other.absent ? `an unset ${other.path}` : `${other.path} ${other}`;
    yield violation(value, `${given} does not go with ${rival}`, fix);
  }
}

/** A scope inherits from `default` what it does not set. */
function inForce({ own, defaults }: Place, field: string): Value {
  const [here, inherited] = [own.at(field), defaults.at(field)];
  return (here.absent || here.leftOut) && !inherited.absent ? inherited : here;
}

/** False for values that are not known yet. */
function isOneOf(value: Value, values: readonly string[]): boolean {
  const given = value.absent ? UNSET : value.text;
  return given !== undefined && values.includes(given);
}
