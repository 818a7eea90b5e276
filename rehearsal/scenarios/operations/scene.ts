import * as fs from "node:fs";
import * as path from "node:path";

import type { Exporter } from "../../emulator/gke/gke";
import type { KubeObject, ObjectRef } from "../../emulator/kube/objects";
import type { Sandbox } from "../../stage/sandbox";

export const NAMESPACE = "inference";
export const MODEL_SERVER = "vllm-llama3-8b-instruct";
export const BACKEND_POLICY: ObjectRef = {
  apiVersion: "networking.gke.io/v1",
  kind: "GCPBackendPolicy",
  namespace: NAMESPACE,
  name: "cross-region-gateway",
};
export const HEALTH_CHECK: ObjectRef = { ...BACKEND_POLICY, kind: "HealthCheckPolicy" };

/** The stack that the page's commands work on, and what can be seen of it. */
export class Scene {
  /** What earlier steps have noted for later ones. */
  readonly notes = new Map<string, unknown>();

  constructor(readonly sandbox: Sandbox) {}

  /** Where `kubectl` and `gcloud` keep the contexts. */
  get kubeconfig(): string {
    return path.join(this.sandbox.directories.state, "kubeconfig");
  }

  /** Google Cloud's resources, sorted. */
  async resources(): Promise<string[]> {
    const found = await this.sandbox.cloud.resources();
    return found.map(({ type, name }) => `${type} ${name}`).sort();
  }

  async object(cluster: string, ref: ObjectRef): Promise<KubeObject> {
    return this.sandbox.asked(cluster, (client) => client.get(ref));
  }

  async deployment(cluster: string): Promise<KubeObject> {
    const ref = { apiVersion: "apps/v1", kind: "Deployment", name: MODEL_SERVER };
    return this.object(cluster, { ...ref, namespace: NAMESPACE });
  }

  /** UIDs of the model servers of a cluster, sorted. */
  async modelServers(cluster: string): Promise<string[]> {
    const pods = await this.sandbox.asked(cluster, (client) => client.list("v1", "Pod", NAMESPACE));
    const own = pods.filter(
      ({ metadata }) =>
        metadata.name.startsWith(`${MODEL_SERVER}-`) &&
        !metadata.name.startsWith(`${MODEL_SERVER}-epp-`) &&
        !metadata.deletionTimestamp,
    );
    return own.map(({ metadata }) => metadata.uid ?? "").sort();
  }

  /** Those of all clusters, by cluster. */
  async allModelServers(): Promise<Record<string, string[]>> {
    const names = (await this.sandbox.cloud.clusters()).map(({ id }) => path.basename(id));
    const own = names.filter((name) => name.startsWith("gke-")).sort();
    return Object.fromEntries(
      await Promise.all(own.map(async (name) => [name, await this.modelServers(name)] as const)),
    );
  }

  /** The backends of the gateway, by region. */
  async backends(): Promise<Record<string, Exporter>> {
    const loadBalancers = await this.sandbox.cloud.loadBalancers();
    const exporters = loadBalancers.flatMap(({ backends }) =>
      backends.flatMap(({ exportedBy }) => exportedBy),
    );
    return Object.fromEntries(exporters.map((exporter) => [exporter.region, exporter]));
  }

  /** Writes a file of the rehearsal's user. @returns its path */
  file(name: string, content: unknown): string {
    const file = path.join(this.sandbox.directories.state, name);
    fs.writeFileSync(file, JSON.stringify(content));
    return file;
  }
}

/** @throws with both, unless they are the same */
export function expectSame(what: string, seen: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(seen), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is}; expected ${should}`);
}
