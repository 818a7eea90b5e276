import { KubeClient, MERGE_PATCH, type Query } from "../../emulator/kube/client";
import { KubeError } from "../../emulator/kube/errors";
import { type KubeObject, refOf } from "../../emulator/kube/objects";

import { applyPatch } from "./merge";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const FIELD_MANAGER = "kubectl-client-side-apply";

/** Whether the API server refuses unknown fields: as kubectl asks it to, or as a client that does not ask. */
export type Validation = "strict" | "none";

export interface ApplyOptions {
  /** Namespace of the kubeconfig's context, for an object that names none. Default: `default`. */
  namespace?: string;
  /** Default: `strict`, as kubectl's own. */
  validation?: Validation;
}

/** One cluster as `kubectl` works on it. */
export class Kubectl {
  readonly client: KubeClient;

  /** @param kubeconfig with a context for the cluster, as `gcloud container clusters get-credentials` writes it */
  constructor(readonly kubeconfig: string) {
    this.client = KubeClient.fromKubeconfig(kubeconfig);
  }

  /**
   * `kubectl apply`, client side as is its default: creates an object, or changes what has changed in the file.
   * @throws KubeError in the API server's words
   */
  async apply(manifest: KubeObject, options: ApplyOptions = {}): Promise<KubeObject> {
    const object = await this.inNamespace(manifest, options.namespace ?? "default");
    const query: Query = {
      fieldManager: FIELD_MANAGER,
      ...(options.validation !== "none" && { fieldValidation: "Strict" }),
    };
    const found = await this.client.getOptional(refOf(object));
    const annotated = withLastApplied(object);
    if (!found) return this.client.create(annotated, query);
    const last = found.metadata.annotations?.[LAST_APPLIED] ?? "{}";
    const patch = applyPatch(JSON.parse(last) as KubeObject, annotated);
    return this.client.patch(refOf(object), patch, MERGE_PATCH, query);
  }

  /** Asks the API server whether it would create an object. @throws KubeError in its words */
  async wouldCreate(object: KubeObject): Promise<void> {
    await this.client.create(object, { dryRun: "All" });
  }

  /** `kubectl delete --ignore-not-found`. */
  async delete(manifest: KubeObject, namespace = "default"): Promise<void> {
    const object = await this.inNamespace(manifest, namespace);
    await this.client.delete(refOf(object)).catch((error: unknown) => {
      if (!(error instanceof KubeError) || error.code !== 404) throw error;
    });
  }

  private async inNamespace(object: KubeObject, namespace: string): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const resource = await this.client.resourceFor(apiVersion, kind);
    if (!resource) throw KubeError.noMatch(apiVersion, kind);
    return resource.namespaced ? { ...object, metadata: { namespace, ...metadata } } : object;
  }
}

function withLastApplied(object: KubeObject): KubeObject {
  const annotations = {
    ...object.metadata.annotations,
    [LAST_APPLIED]: JSON.stringify(object),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
