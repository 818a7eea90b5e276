import * as pulumi from "@pulumi/pulumi";

import type { Region } from "../catalog/regions";
import { adviceOn } from "./advice";
import { gpuPoolsOf, regionsOf, timeoutOf } from "./derived";
import { keysOf } from "./keys";
import { line } from "./problem";
import { read } from "./read";
import type { Accelerator, Settings } from "./schema";
import { TOKEN, type TokenSource, tokenSource } from "./token";

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
  token: TokenSource;
}

/**
 * Reads and checks the stack's configuration, and warns of what Google may still refuse.
 * @throws pulumi.RunError that lists every problem with its key, what was given and what is allowed
 */
export function loadConfig(): GatewayConfig {
  const own = new pulumi.Config();
  const { settings, problems } = read(keysOf(pulumi.runtime.allConfig() ?? {}, own.name));
  const lines = problems.map((problem) => line(own.name, problem));

  const project = new pulumi.Config("gcp").get("project");
  if (!project) lines.push("gcp:project: got nothing; allowed: the id of a Google Cloud project");

  const token = tokenSource(own);
  if (typeof token === "string") lines.push(`${own.name}:${TOKEN}: ${token}`);

  if (!settings || !project || typeof token === "string") throw new pulumi.RunError(report(lines));
  adviceOn(settings).forEach((advice) => void pulumi.log.warn(advice));
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
    token,
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
    gkeVersion: settings.gkeVersion,
    releaseChannel: settings.releaseChannel,
    maintenanceWindow: settings.maintenanceWindow,
    deletionProtection: settings.deletionProtection,
  };
}

function report(problems: string[]): string {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${problem}`);
  return [`The configuration of stack ${pulumi.getStack()} has ${count}:`, ...lines].join("\n");
}
