import { type Finding, pending, type Value, violation } from "../frame";

/** The block that says how to check, by type of check. */
const BLOCK_OF: Readonly<Record<string, string>> = {
  TCP: "tcpHealthCheck",
  HTTP: "httpHealthCheck",
  HTTPS: "httpsHealthCheck",
  HTTP2: "http2HealthCheck",
  GRPC: "grpcHealthCheck",
};

/** The blocks with a request path. */
const ASKING = ["httpHealthCheck", "httpsHealthCheck", "http2HealthCheck"];

const TYPES = Object.keys(BLOCK_OF).join(", ");

/** Default of timeout and interval in Google Cloud, in seconds. */
const DEFAULT_SECONDS = 5;

/** Fields that a `portSpecification` needs and forbids. */
const PORT_RULES: Readonly<Record<string, { needs?: string; forbids: readonly string[] }>> = {
  USE_FIXED_PORT: { needs: "port", forbids: ["portName"] },
  USE_NAMED_PORT: { needs: "portName", forbids: ["port"] },
  USE_SERVING_PORT: { forbids: ["port", "portName"] },
};

/** What is wrong with a HealthCheckPolicy's `default`, whatever it checks. */
export function* healthCheckFindings(defaults: Value): Generator<Finding> {
  if (defaults.unknown) {
    yield pending(defaults);
    return;
  }
  yield* intervalFindings(defaults.at("timeoutSec"), defaults.at("checkIntervalSec"));
  const config = defaults.at("config");
  if (config.unknown) {
    yield pending(config);
  } else if (config.fields === undefined) {
    const problem = config.absent
      ? "is not set, so Google Cloud asks for /"
      : `${config} is not an object`;
    yield violation(config, problem, "set type and the block of that type, with what to ask for");
  } else {
    yield* typeFindings(config);
    for (const block of blocksOf(config)) {
      yield* portFindings(block);
    }
  }
}

/** Ports of the checks, except of those that use the pool's own port. */
export function fixedPorts(defaults: Value): readonly Value[] {
  const blocks = blocksOf(defaults.at("config"));
  const own = ["USE_SERVING_PORT", "USE_NAMED_PORT"];
  return blocks
    .filter((block) => block.fields !== undefined)
    .filter((block) => !own.includes(block.at("portSpecification").text ?? ""))
    .map((block) => block.at("port"));
}

/** Request paths of the HTTP checks. */
export function requestPaths(defaults: Value): readonly Value[] {
  const blocks = ASKING.map((name) => defaults.at("config", name));
  return blocks
    .filter((block) => block.fields !== undefined)
    .map((block) => block.at("requestPath"));
}

function blocksOf(config: Value): readonly Value[] {
  return Object.values(BLOCK_OF).map((name) => config.at(name));
}

function* intervalFindings(timeout: Value, interval: Value): Generator<Finding> {
  for (const value of [timeout, interval].filter(({ unknown }) => unknown)) {
    yield pending(value);
  }
  const [lasts, every] = [timeout, interval].map((value) => {
    return value.absent ? DEFAULT_SECONDS : value.number;
  });
  if (lasts !== undefined && every !== undefined && lasts > every) {
    const given = timeout.absent ? "the default timeoutSec" : "timeoutSec";
    const next = interval.absent ? "the default checkIntervalSec" : "checkIntervalSec";
    const problem = `${given} (${lasts}) is longer than ${next} (${every})`;
    const fix = `set timeoutSec to ${every} or less, or checkIntervalSec to ${lasts} or more`;
    yield violation(timeout.absent ? interval : timeout, problem, fix);
  }
}

/** `config` holds the type and the block of that type; the API server refuses any other. */
function* typeFindings(config: Value): Generator<Finding> {
  const type = config.at("type");
  const name = type.text ?? "";
  const wanted = Object.hasOwn(BLOCK_OF, name) ? BLOCK_OF[name] : undefined;
  if (type.unknown) {
    yield pending(type);
  } else if (wanted === undefined) {
    const problem = type.absent ? "is not set" : `${type} is not a type of health check`;
    yield violation(type, problem, `write one of ${TYPES}`);
  } else {
    yield* blockFindings(config, wanted, type);
  }
}

function* blockFindings(config: Value, wanted: string, type: Value): Generator<Finding> {
  const block = config.at(wanted);
  if (block.unknown) {
    yield pending(block);
  } else if (block.absent) {
    yield violation(block, `is not set, but type is ${type}`, "set it, with what to ask for");
  }
  for (const [name, field] of config.fields ?? []) {
    if (!["type", wanted].includes(name) && !field.absent) {
      yield violation(
        field,
        `does not go with type ${type}`,
        `leave type and ${wanted} alone here`,
      );
    }
  }
}

function* portFindings(block: Value): Generator<Finding> {
  const specification = block.at("portSpecification");
  const given = specification.text ?? "";
  const rule = Object.hasOwn(PORT_RULES, given) ? PORT_RULES[given] : undefined;
  if (block.unknown) {
    return;
  }
  if (specification.unknown) {
    yield pending(specification);
  } else if (rule !== undefined) {
    const needed = rule.needs === undefined ? undefined : block.at(rule.needs);
    if (needed?.absent) {
      yield violation(needed, `is not set, but ${given} needs it`, "set it");
    }
    for (const field of rule.forbids.map((name) => block.at(name)).filter((each) => each.present)) {
      yield violation(field, `does not go with ${given}`, "remove it");
    }
  } else if (specification.present) {
    const known = Object.keys(PORT_RULES).join(", ");
    yield violation(specification, `there is no ${specification}`, `write one of ${known}`);
  }
}
