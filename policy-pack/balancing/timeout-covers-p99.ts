import { P99_ANNOTATION } from "../fleet/annotations";
import {
  advice,
  type Finding,
  numberSetting,
  reliability,
  requireValue,
  resourcePolicy,
  set,
  type Value,
} from "../frame";

import { inferenceBackendPolicies } from "./backendPolicy";

/**
 * The most that Google's guide of this gateway names, in seconds. The CRD takes more, and no source
 * says what the load balancer does then. The page is this policy's `url`.
 */
const LONGEST_TIMEOUT = 3600;

/** The load balancer's default timeout, in seconds. */
const DEFAULT_TIMEOUT = 30;

export const timeoutCoversP99 = resourcePolicy({
  name: "timeout-covers-p99",
  description: "A request may take twice the P99 latency before the load balancer ends it.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Measure the P99 latency of whole answers, put it on the GCPBackendPolicy as annotation " +
    "inference-gateway.dev/p99-latency-seconds, and set spec.default.timeoutSec to at least " +
    "twice that.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/customize-backend-multicluster-inference-gateway",
  settings: {
    factor: numberSetting({
      default: 2,
      minimum: 1,
      description: "How many times the P99 latency the timeout must last.",
    }),
  },
  judges: inferenceBackendPolicies,

  *judge({ props }, { factor }) {
    const timeout = props.at("spec", "default", "timeoutSec");
    const latency = props.at("metadata", "annotations", P99_ANNOTATION);
    const p99 = latencySeconds(latency);

    yield* latencyFindings(latency, p99);
    yield* timeoutFindings(timeout, neededSeconds(p99, factor), `${factor} x P99`);
    if ((timeout.number ?? 0) > LONGEST_TIMEOUT) {
      const problem = `${timeout} s is more than the ${LONGEST_TIMEOUT} s that Google's guide names as the most`;
      yield advice(timeout, problem, `set it to ${LONGEST_TIMEOUT} or less`);
    }
  },

  *remedy({ props }, { factor }) {
    const latency = props.at("metadata", "annotations", P99_ANNOTATION);
    const needed = neededSeconds(latencySeconds(latency), factor);
    const places = [props.at("spec"), props.at("spec", "default")];
    const timeout = props.at("spec", "default", "timeoutSec");
    // A value in place of an object is not overwritten.
    const settable = places.every((place) => place.absent || place.fields !== undefined);
    if (needed !== undefined && settable && !timeout.unknown && isTooShort(timeout, needed)) {
      yield set(timeout, needed);
    }
  },
});

function latencyFindings(latency: Value, p99: number | undefined): Iterable<Finding> {
  const example = 'the P99 latency of a whole answer in seconds, for example "60"';
  return requireValue(latency, {
    whenAbsent: "is not set, so no timeout can be judged",
    whenWrong: p99 === undefined ? `${latency} is not a number above 0 in a string` : undefined,
    fix: `${latency.absent ? "set it to" : "write"} ${example}`,
  });
}

function timeoutFindings(
  timeout: Value,
  needed: number | undefined,
  rule: string,
): Iterable<Finding> {
  const isShort = needed !== undefined && isTooShort(timeout, needed);
  const tooShort = isShort ? `${timeout} s is less than ${rule} (${needed} s)` : undefined;
  const unreadable = `${timeout} is not a whole number of seconds`;
  return requireValue(timeout, {
    whenAbsent: `is not set, so the load balancer ends every request after ${DEFAULT_TIMEOUT} s`,
    whenWrong: Number.isInteger(timeout.raw) ? tooShort : unreadable,
    fix: `set it to ${needed ?? rule} or more`,
  });
}

/** True also if the timeout is not a whole number of seconds. */
function isTooShort(timeout: Value, needed: number): boolean {
  return !Number.isInteger(timeout.raw) || Number(timeout.raw) < needed;
}

function neededSeconds(p99: number | undefined, factor: number): number | undefined {
  return p99 === undefined ? undefined : Math.ceil(factor * p99);
}

/** Seconds from the annotation; annotation values are texts to Kubernetes. */
function latencySeconds(latency: Value): number | undefined {
  const seconds = /^\d+(\.\d+)?$/.test(latency.text ?? "") ? Number(latency.text) : 0;
  return seconds > 0 ? seconds : undefined;
}
