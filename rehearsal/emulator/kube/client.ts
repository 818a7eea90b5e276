import { KubeConfig } from "@kubernetes/client-node";

import { KubeError } from "./errors";
import { KubeObject, ObjectRef, refOf } from "./objects";
import { failure, Query, RequestOptions, Transport } from "./transport";

export type { Query, RequestOptions } from "./transport";

/** One resource of an API group, as discovery lists it. */
export interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: KubeObject;
}

export const APPLY = "application/apply-patch+yaml";
export const MERGE_PATCH = "application/merge-patch+json";
export const JSON_PATCH = "application/json-patch+json";

/**
 * A Kubernetes client for objects of any kind: paths come from discovery, bodies are JSON.
 * `@kubernetes/client-node` reads the kubeconfig and runs its exec plugin; the requests are plain HTTPS,
 * because its own dynamic client knows neither `fieldValidation` nor `managedFields`.
 */
export class KubeClient {
  private readonly discovered = new Map<string, ApiResource[]>();
  private readonly transport: Transport;

  constructor(config: KubeConfig) {
    this.transport = new Transport(config);
  }

  /** Address of the API server, and the kubeconfig's context, by which its user knows the cluster. */
  get server(): string {
    return this.transport.server;
  }

  get context(): string {
    return this.transport.context;
  }

  /** The certificate authority of the API server: PEM, base64. */
  get certificateAuthority(): string {
    return this.transport.certificateAuthority;
  }

  /** @param kubeconfig its contents; `context` and `cluster` override what it selects. */
  static fromKubeconfig(kubeconfig: string, context?: string, cluster?: string): KubeClient {
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    if (context !== undefined) config.setCurrentContext(context);
    if (cluster !== undefined) {
      const selected = config.getCurrentContext();
      config.contexts = config.contexts.map((c) => (c.name === selected ? { ...c, cluster } : c));
    }
    if (!config.getCurrentCluster()) throw new Error("kubeconfig: no cluster is selected");
    return new KubeClient(config);
  }

  /** The resource that serves a kind, or undefined where the API server knows none (404, CRD missing). */
  async resourceFor(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const known = this.discovered.get(apiVersion)?.find((r) => r.kind === kind);
    if (known) return known;
    this.discovered.set(apiVersion, await this.discover(apiVersion));
    return this.discovered.get(apiVersion)?.find((r) => r.kind === kind);
  }

  /** Every listable resource of the server: group-version and resource. */
  async resources(): Promise<{ apiVersion: string; resource: ApiResource }[]> {
    const groups = await this.request<{ groups: { versions: { groupVersion: string }[] }[] }>(
      "GET",
      "/apis",
    );
    const versions = ["v1", ...groups.groups.flatMap((g) => g.versions.map((v) => v.groupVersion))];
    const found = await Promise.all(
      versions.map(async (apiVersion) =>
        (await this.discover(apiVersion, "list")).map((resource) => ({ apiVersion, resource })),
      ),
    );
    return found.flat();
  }

  /** The path of one object, or of the collection when `name` is left out. */
  async path(apiVersion: string, kind: string, namespace?: string, name?: string): Promise<string> {
    const resource = await this.resourceFor(apiVersion, kind);
    if (!resource) throw KubeError.noMatch(apiVersion, kind);
    return resourcePath(apiVersion, resource, namespace, name);
  }

  async get(ref: ObjectRef): Promise<KubeObject> {
    return this.request("GET", await this.path(ref.apiVersion, ref.kind, ref.namespace, ref.name));
  }

  async getOptional(ref: ObjectRef): Promise<KubeObject | undefined> {
    return this.get(ref).catch((error: unknown) => {
      if (error instanceof KubeError && error.code === 404) return undefined;
      throw error;
    });
  }

  async list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    query?: Query,
  ): Promise<KubeObject[]> {
    const path = await this.path(apiVersion, kind, namespace);
    const list = await this.request<{ items: KubeObject[] }>("GET", path, { query });
    return list.items.map((item) => ({ ...item, apiVersion, kind }));
  }

  async create(object: KubeObject, query?: Query): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    return this.request("POST", await this.path(apiVersion, kind, metadata.namespace), {
      query,
      body: object,
    });
  }

  /** Server-side apply. `query.fieldManager` is required by the server. */
  async apply(object: KubeObject, query: Query, subresource = ""): Promise<KubeObject> {
    return this.patch(object, object, APPLY, query, subresource);
  }

  async patch(
    target: ObjectRef | KubeObject,
    body: unknown,
    contentType: string,
    query?: Query,
    subresource = "",
  ): Promise<KubeObject> {
    const ref = refOf(target);
    const path = await this.path(ref.apiVersion, ref.kind, ref.namespace, ref.name);
    return this.request("PATCH", path + (subresource && `/${subresource}`), {
      query,
      body,
      contentType,
    });
  }

  async replace(object: KubeObject, query?: Query, subresource = ""): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const path = await this.path(apiVersion, kind, metadata.namespace, metadata.name);
    return this.request("PUT", path + (subresource && `/${subresource}`), { query, body: object });
  }

  async delete(ref: ObjectRef, options: object = {}): Promise<void> {
    const path = await this.path(ref.apiVersion, ref.kind, ref.namespace, ref.name);
    await this.request("DELETE", path, {
      body: { apiVersion: "v1", kind: "DeleteOptions", ...options },
    });
  }

  /**
   * Streams the events of one collection until the server ends the stream or `signal` aborts.
   * @param selector `fieldSelector` or `labelSelector`
   * @throws KubeError, ClusterUnreachable
   */
  async watch(
    path: string,
    resourceVersion: string,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
    selector: Query = {},
  ): Promise<void> {
    const query = { ...selector, watch: true, resourceVersion, allowWatchBookmarks: true };
    try {
      const response = await this.transport.send("GET", path, { query, signal });
      if (response.statusCode !== 200) throw await failure(response);
      for await (const line of this.transport.lines(response)) {
        onEvent(JSON.parse(line) as WatchEvent);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** @throws KubeError what the server answered; ClusterUnreachable where nothing answered. */
  async request<T = KubeObject>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<T> {
    const response = await this.transport.send(method, path, options);
    if ((response.statusCode ?? 500) >= 300) throw await failure(response);
    return JSON.parse(await this.transport.text(response)) as T;
  }

  /** Closes the kept-alive connections, so that the process can end. */
  close(): void {
    this.transport.close();
  }

  private async discover(apiVersion: string, verb?: string): Promise<ApiResource[]> {
    const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    try {
      const list = await this.request<{ resources: (ApiResource & { verbs: string[] })[] }>(
        "GET",
        path,
      );
      return list.resources.filter(
        (r) => !r.name.includes("/") && (!verb || r.verbs.includes(verb)),
      );
    } catch (error) {
      if (error instanceof KubeError && error.code === 404) return [];
      throw error;
    }
  }
}

export function resourcePath(
  apiVersion: string,
  resource: ApiResource,
  namespace?: string,
  name?: string,
): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = resource.namespaced && namespace ? `/namespaces/${namespace}` : "";
  return `${root}${scope}/${resource.name}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}
