import * as fs from "node:fs";
import * as path from "node:path";

import type { Sandbox } from "../../../stage/sandbox";
import type { Google } from "../../../emulator/google/client";
import { KubeClient, MERGE_PATCH } from "../../../emulator/kube/client";
import type { ObjectRef } from "../../../emulator/kube/objects";

/** Manual changes of a running stack, outside of its program. */
export class ManualEdits {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly contexts: Record<string, string>,
    private readonly ids: Map<string, string>,
    /** Namespace of model server and pool. */
    readonly namespace: string,
    /** Name of pool and model server. */
    readonly poolName: string,
  ) {}

  static async on(sandbox: Sandbox): Promise<ManualEdits> {
    const { clusters, namespace, poolName } = (await sandbox.engine.outputs()) as {
      clusters: Record<string, { context: string }>;
      namespace: string;
      poolName: string;
    };
    const contexts = Object.entries(clusters).map(([name, { context }]) => [name, context]);
    const { deployment } = await sandbox.engine.export();
    const ids = (deployment.resources ?? []).flatMap(({ type, urn, id }) =>
      id === undefined ? [] : [[`${type}::${urn.slice(urn.lastIndexOf("::") + 2)}`, id] as const],
    );
    return new ManualEdits(
      sandbox,
      Object.fromEntries(contexts),
      new Map(ids),
      namespace,
      poolName,
    );
  }

  /**
   * Changes an object of a cluster as `kubectl` does.
   * @param as field manager: `kubectl-edit`, `kubectl-annotate`, or `kubectl` of `kubectl scale`
   */
  async patch(
    cluster: string,
    ref: ObjectRef,
    body: object,
    as: string,
    subresource?: "scale",
  ): Promise<void> {
    const kubectl = this.kubectl(cluster);
    await kubectl.patch(ref, body, MERGE_PATCH, { fieldManager: as }, subresource);
    kubectl.close();
  }

  /** Deletes an object of a cluster. */
  async delete(cluster: string, ref: ObjectRef): Promise<void> {
    const kubectl = this.kubectl(cluster);
    await kubectl.delete(ref);
    kubectl.close();
  }

  /** Google's REST, as the console calls it. */
  get google(): Google {
    return this.sandbox.cloud.google;
  }

  /**
   * The name of a resource of Google Cloud, as its API has it.
   * @param resource `type::name`
   */
  nameOf(resource: string): string {
    const id = this.ids.get(resource);
    if (id === undefined) throw new Error(`the stack has no ${resource}`);
    return id;
  }

  /** Uses the administrator's certificate: the object shows no difference from another user's kubectl. */
  private kubectl(cluster: string): KubeClient {
    const context = this.contexts[cluster];
    if (!context) throw new Error(`the stack has no cluster ${cluster}`);
    const directory = path.join(this.sandbox.directories.cloud, "clusters", context);
    return KubeClient.fromKubeconfig(
      fs.readFileSync(path.join(directory, "admin.kubeconfig"), "utf8"),
    );
  }
}
