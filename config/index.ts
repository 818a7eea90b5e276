import * as pulumi from "@pulumi/pulumi";

import type { Region } from "../catalog/regions";
import { adviceOn } from "./advice";
import { gpuPoolsOf, regionsOf, timeoutOf } from "./derived";
import type { Accelerator, Settings } from "./schema";
import { readStack } from "./stack";
import type { TokenSource } from "./token";

/** The configuration of a stack, complete and checked. Key by key: `docs/configuration.md`. */
export interface GatewayConfig extends Settings {
  project: string;
  /** The gateway gives up on a request after this many seconds; at least twice the P99 latency. */
  timeoutSeconds: number;
  /** Regions that serve the model, each once. */
  regions: Region[];
  /** GPU pools of each cluster by name, the preferred one first. */
  gpuPools: Record<string, Accelerator>;
  /** Where model servers get their token from. */
  token: SecretTokenSource;
}

/** The same with a token that the engine keeps encrypted. */
type SecretTokenSource =
  | Exclude<TokenSource, { kind: "value" }>
  | { kind: "value"; token: pulumi.Output<string> };

/**
 * Reads and checks the stack's configuration, and warns of what Google may still refuse.
 * @throws pulumi.RunError that lists every problem with its key, what was given and what is allowed
 */
export function loadConfig(): GatewayConfig {
  const read = readStack({
    stack: pulumi.getStack(),
    namespace: new pulumi.Config().name,
    values: pulumi.runtime.allConfig() ?? {},
    isSecret,
  });
  if (typeof read === "string") throw new pulumi.RunError(read);
  const { project, settings, token, advice } = read;
  [...advice, ...adviceOn(settings)].forEach((words) => void pulumi.log.warn(words));
  return {
    project,
    clusters: settings.clusters,
    configCluster: settings.configCluster,
    regions: regionsOf(settings.clusters),
    accelerator: settings.accelerator,
    fallbacks: settings.fallbacks,
    gpuPools: gpuPoolsOf(settings),
    model: settings.model,
    weightsCache: settings.weightsCache,
    token: token.kind === "value" ? { ...token, token: pulumi.secret(token.token) } : token,
    huggingFaceSecret: settings.huggingFaceSecret,
    autoscaling: settings.autoscaling,
    namespace: settings.namespace,
    poolName: settings.poolName,
    endpointPicker: settings.endpointPicker,
    objectives: settings.objectives,
    // Its mode decides what it holds: maxUtilization and dryRun, maxInFlightRequestsPerEndpoint, or maxRatePerEndpoint.
    loadBalancing: settings.loadBalancing,
    scopes: settings.scopes,
    drained: settings.drained,
    p99LatencySeconds: settings.p99LatencySeconds,
    timeoutSeconds: timeoutOf(settings),
    requestLogPercent: settings.requestLogPercent,
    privateDnsName: settings.privateDnsName,
    monitoring: settings.monitoring,
    gkeVersion: settings.gkeVersion,
    releaseChannel: settings.releaseChannel,
    maintenanceWindow: settings.maintenanceWindow,
    deletionProtection: settings.deletionProtection,
  };
}

/** The SDK has this function without declaring it; where it lacks it, each value is treated as a secret. */
function isSecret(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}
