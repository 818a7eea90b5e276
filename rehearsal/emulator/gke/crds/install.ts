import * as fs from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import * as yaml from "js-yaml";

import { KubeClient } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject } from "../../kube/objects";
import { ClusterSpec } from "../gke";
import { atLeast, SINCE } from "../versions";
import { autoscalingMetric, metricShape } from "./autoscalingMetric";
import { computeClass } from "./computeClass";
import { customResourceDefinition, Kind } from "./definition";
import { gcpBackendPolicy } from "./gcpBackendPolicy";
import { gcpGatewayPolicy } from "./gcpGatewayPolicy";
import { healthCheckPolicy } from "./healthCheckPolicy";
import { clusterPodMonitoring, podMonitoring } from "./podMonitoring";
import { secretProviderClass } from "./secretProviderClass";

/**
 * Where the definitions that are not ours lie, by version as `v1.5.0`: they come with the modules of
 * their projects.
 */
export interface CrdFiles {
  /** Directories with the Gateway API's standard channel, YAML files. */
  gatewayApi: Record<string, string>;
  /** A YAML file each. */
  inferencePool: Record<string, string>;
}

/**
 * The definitions that GKE itself installs on a cluster of this version with these features.
 * @param drivers of CSI volumes, which its add-ons bring along
 */
export async function gkeDefinitions(
  cluster: Pick<ClusterSpec, "version" | "gatewayApiChannel" | "managedPrometheus">,
  drivers: string[],
  files: CrdFiles,
): Promise<KubeObject[]> {
  const ours = [...kindsOf(cluster), ...kindsOfDrivers(drivers)].map(customResourceDefinition);
  if (cluster.gatewayApiChannel === "CHANNEL_DISABLED") return ours;
  const gatewayApi = await readDirectory(
    ofVersion(files.gatewayApi, gatewayApiRelease(cluster.version)),
  );
  const pool = inferencePoolRelease(cluster.version);
  const pools = pool ? await readDefinitions(ofVersion(files.inferencePool, pool)) : [];
  const included = gatewayApi.filter((definition) => isIncluded(definition, cluster.version));
  return [...ours, ...included, ...pools];
}

function ofVersion(files: Record<string, string>, version: string): string {
  const found = files[version];
  if (found === undefined) throw new Error(`no definitions of ${version} were given`);
  return found;
}

/** The release of a GKE that has an older one too: it differs by BackendTLSPolicy, see below. */
function gatewayApiRelease(gkeVersion: string): string {
  return atLeast(gkeVersion, SINCE.gatewayApi15) ? "v1.5.0" : "v1.4.0";
}

/** The release of gateway-api-inference-extension from which GKE has the kind. */
function inferencePoolRelease(gkeVersion: string): string | undefined {
  if (atLeast(gkeVersion, SINCE.inferencePoolProtocol)) return "v1.5.0";
  return atLeast(gkeVersion, SINCE.inferencePool) ? "v1.1.0" : undefined;
}

/**
 * BackendTLSPolicy joined the standard channel with Gateway API 1.4; definitions cost startup time.
 */
function isIncluded(definition: KubeObject, version: string): boolean {
  const { names } = definition.spec as DefinitionSpec;
  return names.kind !== "BackendTLSPolicy" || atLeast(version, SINCE.gatewayApi14);
}

/** Our own definitions; GKE's Gateway controller brings its policies along. */
function kindsOf(
  cluster: Pick<ClusterSpec, "version" | "gatewayApiChannel" | "managedPrometheus">,
): Kind[] {
  const shape = metricShape(cluster.version);
  const gateway = cluster.gatewayApiChannel !== "CHANNEL_DISABLED";
  return [
    computeClass(),
    ...(shape ? [autoscalingMetric(shape)] : []),
    ...(cluster.managedPrometheus ? [podMonitoring(), clusterPodMonitoring()] : []),
    ...(gateway
      ? [gcpBackendPolicy(cluster.version), healthCheckPolicy(), gcpGatewayPolicy()]
      : []),
  ];
}

function kindsOfDrivers(drivers: string[]): Kind[] {
  return drivers.includes("secrets-store-gke.csi.k8s.io") ? [secretProviderClass()] : [];
}

const FIELD_MANAGER = "gke-addon-manager";
const SERVED_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** Installs definitions, or brings them up to date, and waits until each kind is served. */
export async function install(client: KubeClient, definitions: KubeObject[]): Promise<void> {
  const deadline = Date.now() + SERVED_WITHIN_MS;
  await Promise.all(
    definitions.map(async (definition) => {
      await client.apply(definition, { fieldManager: FIELD_MANAGER, force: true });
      while (!(await isServed(client, definition))) {
        if (Date.now() > deadline) {
          throw new Error(`${definition.metadata.name} is not established`);
        }
        await sleep(POLL_MS);
      }
    }),
  );
}

/** Asked of the kind itself: the definitions are long, and the API server is busy with them. */
async function isServed(client: KubeClient, definition: KubeObject): Promise<boolean> {
  const { group, names, versions } = definition.spec as DefinitionSpec;
  const version = versions.find((v) => v.storage)?.name;
  const path = `/apis/${group}/${version}/${names.plural}`;
  return client.request("GET", path, { query: { limit: 1 } }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubeError && error.code === 404) return false;
      throw error;
    },
  );
}

interface DefinitionSpec {
  group: string;
  names: { kind: string; plural: string };
  versions: { name: string; storage: boolean }[];
}

async function readDirectory(directory: string): Promise<KubeObject[]> {
  const names = (await fs.readdir(directory)).filter((name) => name.endsWith(".yaml")).sort();
  const files = names.map((name) => readDefinitions(path.join(directory, name)));
  const found = (await Promise.all(files)).flat();
  if (found.length === 0) throw new Error(`${directory}: no CustomResourceDefinition in it`);
  return found;
}

async function readDefinitions(file: string): Promise<KubeObject[]> {
  const documents = yaml.loadAll(await fs.readFile(file, "utf8")) as (KubeObject | undefined)[];
  return documents.flatMap((d) => (d?.kind === "CustomResourceDefinition" ? [d] : []));
}
