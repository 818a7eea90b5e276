import { fleetOf } from "../fleet/fleet";
import { healthCheckPolicies, inferencePools, POOL_IMPORT } from "../fleet/kinds";
import { Scopes } from "../fleet/scopes";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { type ModelServer, ModelServers } from "../pods/modelServer";
import { lacksPort, portsOf } from "../pools/poolPorts";
import { PoolsByName } from "../pools/poolsByName";

import { INFERENCE_KINDS } from "./backendPolicy";
import { fixedPorts, healthCheckFindings, requestPaths } from "./healthCheck";
import { Targets } from "./targets";
import { balancedImports, routedImports, unattachedFindings } from "./unattached";

export const healthCheckMatchesPool = stackPolicy({
  name: "health-check-matches-pool",
  description: "Each imported pool has a health check, on a port and a path that the pool answers.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give each pool that a route or a GCPBackendPolicy names a HealthCheckPolicy beside them, with " +
    "a type, the block of that type, a port of the pool and the path of its servers, such as " +
    "/health. Where a chart or another stack makes it, disable this policy.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/issues/1475",
  settings: {},

  *judge(stack) {
    const targets = new Targets(stack);
    const checks = stack.select(healthCheckPolicies).map((policy) => {
      return targets.of(policy, policy.props.at("spec", "targetRef"));
    });
    const references = [...routedImports(stack, targets), ...balancedImports(stack, targets)];
    yield* unattachedFindings(stack, references, checks, missing);

    const scopes = new Scopes(stack);
    const servers = new ModelServers(scopes);
    const serversIn = (pool: Resource) => {
      const matchLabels = pool.props.at("spec", "selector", "matchLabels");
      return servers.selectedBy(matchLabels, scopes.of(pool));
    };
    const pools = new PoolsByName(stack.select(inferencePools), targets);
    for (const target of checks.filter(({ kind }) => !isOfOthers(kind))) {
      const defaults = target.holder.props.at("spec", "default");
      const checked = pools.of(target).filter((pool) => {
        return target.kind === POOL_IMPORT || fleetOf(stack).memberOf(pool).key === target.cluster;
      });
      for (const finding of healthCheckFindings(defaults)) {
        yield on(target.holder, finding);
      }
      for (const port of fixedPorts(defaults)) {
        yield* portFindings(target.holder, port, checked);
      }
      for (const server of checked.flatMap(serversIn)) {
        yield* typeFindings(target.holder, defaults.at("config", "type"), server);
      }
      for (const path of requestPaths(defaults)) {
        yield* pathFindings(target.holder, path, checked.flatMap(serversIn));
      }
    }
  },
});

/** Whether a health check is for a backend other than a pool. */
function isOfOthers(kind: string | undefined): boolean {
  return kind !== undefined && !INFERENCE_KINDS.includes(kind);
}

function missing(ref: Value): Finding {
  const problem = `${POOL_IMPORT} ${ref.at("name")} has no HealthCheckPolicy in this namespace`;
  const fix = "add one: without it Google Cloud asks for /, which model servers do not answer";
  return violation(ref, problem, fix);
}

/** Paths that are not a health path of one of the servers. */
function* pathFindings(
  policy: Resource,
  path: Value,
  servers: readonly ModelServer[],
): Generator<Finding> {
  if (path.unknown) {
    yield on(policy, pending(path));
  } else if ((path.text ?? "") === "") {
    const problem = "is not set, so Google Cloud asks for /, which model servers do not answer";
    const fix = 'write where the servers say whether they are well, such as "/health"';
    yield on(policy, violation(path, problem, fix));
  } else {
    for (const { title, healthPaths } of servers) {
      if (healthPaths !== undefined && !healthPaths.includes(path.text ?? "")) {
        const problem = `${path} is not a health path of ${title}`;
        yield on(policy, violation(path, problem, `write "${healthPaths[0]}"`));
      }
    }
  }
}

/** A check that asks in plain HTTP where a server takes HTTPS only, or the other way round. */
function* typeFindings(
  policy: Resource,
  type: Value,
  { title, tlsFlag, resource }: ModelServer,
): Generator<Finding> {
  if (type.text === "HTTP" && tlsFlag) {
    const problem = `asks in plain HTTP, but with --${tlsFlag.name} ${title} of ${resource.name} takes HTTPS only`;
    yield on(policy, violation(type, problem, 'write "HTTPS", with httpsHealthCheck'));
  } else if (type.text === "HTTPS" && tlsFlag === null) {
    const problem = `asks by HTTPS, but without --ssl-certfile ${title} of ${resource.name} takes plain HTTP only`;
    yield on(policy, violation(type, problem, 'write "HTTP", with httpHealthCheck'));
  }
}

/** Ports that one of the pools does not have, so that its pods never answer. */
function* portFindings(
  policy: Resource,
  port: Value,
  pools: readonly Resource[],
): Generator<Finding> {
  if (port.unknown) {
    yield on(policy, pending(port));
  }
  const { number } = port;
  const lacking = pools.filter((pool) => number !== undefined && lacksPort(pool, number));
  for (const pool of lacking) {
    const hidden = portsOf(pool).find(({ unknown }) => unknown);
    if (hidden !== undefined) {
      yield on(pool, pending(hidden));
    } else {
      const numbers = portsOf(pool).join(", ");
      const problem = `${port} is not a port of InferencePool ${pool.name}, which has ${numbers}`;
      const fix = 'use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port';
      yield on(policy, violation(port, problem, fix));
    }
  }
}
