import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import { AddressInfo, Socket } from "node:net";

import { ApiResource } from "../../../../emulator/kube/client";
import { Status } from "../../../../emulator/kube/errors";
import { KubeObject } from "../../../../emulator/kube/objects";

/** A request that changes something, as the server got it. */
export interface Write {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

interface Located {
  apiVersion: string;
  resource: ApiResource;
  namespace?: string;
  name?: string;
}

interface Watcher {
  prefix: string;
  name?: string;
  response: ServerResponse;
}

/** Resources by group-version: name, kind, namespaced. */
const BUILT_IN: Record<string, ApiResource[]> = {
  v1: [
    { name: "namespaces", kind: "Namespace", namespaced: false },
    { name: "configmaps", kind: "ConfigMap", namespaced: true },
    { name: "endpoints", kind: "Endpoints", namespaced: true },
    { name: "persistentvolumeclaims", kind: "PersistentVolumeClaim", namespaced: true },
    { name: "pods", kind: "Pod", namespaced: true },
    { name: "secrets", kind: "Secret", namespaced: true },
    { name: "services", kind: "Service", namespaced: true },
  ],
  "apps/v1": [
    { name: "deployments", kind: "Deployment", namespaced: true },
    { name: "replicasets", kind: "ReplicaSet", namespaced: true },
  ],
  "apiextensions.k8s.io/v1": [
    { name: "customresourcedefinitions", kind: "CustomResourceDefinition", namespaced: false },
  ],
};

/**
 * As much of an API server as the provider can tell from a real one: discovery, namespaces that must exist, names
 * that must be free, dry runs, finalizers, watches. It validates nothing; `refuseNext` stands for that.
 */
export class FakeApiServer {
  readonly resources: Record<string, ApiResource[]> = structuredClone(BUILT_IN);
  readonly writes: Write[] = [];
  private readonly objects = new Map<string, KubeObject>();
  private readonly refusals: { method: string; status: Status }[] = [];
  private readonly watchers = new Set<Watcher>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request, response);
  });
  private version = 1;

  static async start(): Promise<FakeApiServer> {
    const fake = new FakeApiServer();
    await new Promise<void>((resolve) => fake.server.listen(0, "127.0.0.1", resolve));
    fake.server.on("connection", (socket) => fake.sockets.add(socket));
    fake.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  kubeconfig(context: object = {}): string {
    return JSON.stringify({
      "current-context": "here",
      contexts: [{ name: "here", context: { cluster: "fake", user: "me", ...context } }],
      clusters: [{ name: "fake", cluster: { server: this.url, "insecure-skip-tls-verify": true } }],
      users: [{ name: "me", user: { token: "t" } }],
    });
  }

  async stop(): Promise<void> {
    this.breakConnections();
    await new Promise((resolve) => this.server.close(resolve));
    // Clients learn in their next turn that their kept-alive connections are gone.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** The next request of this method is answered with this status. */
  refuseNext(method: string, status: Status): void {
    this.refusals.push({ method, status });
  }

  /** What a controller or another user does to an object. */
  put(object: KubeObject): KubeObject {
    const path = this.pathOf(object);
    const type = this.objects.has(path) ? "MODIFIED" : "ADDED";
    const old = this.objects.get(path);
    const stored = this.stamped(object, old);
    this.objects.set(path, stored);
    this.tell(type, path, stored);
    return stored;
  }

  get(kind: string, name: string, namespace?: string): KubeObject | undefined {
    const found = [...this.objects.values()].find(
      (o) => o.kind === kind && o.metadata.name === name && o.metadata.namespace === namespace,
    );
    return found && structuredClone(found);
  }

  remove(object: KubeObject): void {
    const path = this.pathOf(object);
    const gone = this.objects.get(path);
    this.objects.delete(path);
    if (gone) this.tell("DELETED", path, gone);
  }

  get watches(): number {
    return this.watchers.size;
  }

  private pathOf({ apiVersion, kind, metadata }: KubeObject): string {
    const resource = this.resources[apiVersion]?.find((r) => r.kind === kind);
    if (!resource) throw new Error(`the fake server has no ${apiVersion} ${kind}`);
    return `${apiVersion}/${resource.name}/${metadata.namespace ?? ""}/${metadata.name}`;
  }

  private stamped(object: KubeObject, old?: KubeObject): KubeObject {
    const version = String(++this.version);
    const { uid = `uid-${version}`, generation = 1 } = old?.metadata ?? {};
    const stored = structuredClone(object);
    Object.assign(stored.metadata, { uid, resourceVersion: version });
    const changed = JSON.stringify(old?.spec) !== JSON.stringify(object.spec);
    if (object.spec) stored.metadata.generation = old && changed ? generation + 1 : generation;
    return stored;
  }

  private tell(type: string, path: string, object: KubeObject): void {
    for (const { prefix, name, response } of this.watchers) {
      if (!path.startsWith(prefix) || (name && name !== object.metadata.name)) continue;
      response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://fake");
    const query = Object.fromEntries(url.searchParams);
    const body = await bodyOf(request);
    const method = request.method ?? "GET";
    if (method !== "GET") this.writes.push({ method, path: url.pathname, query, body });
    const refusal = this.refusals.findIndex((r) => r.method === method);
    try {
      if (refusal !== -1) throw this.refusals.splice(refusal, 1)[0]?.status;
      if (query.watch) return this.watch(url.pathname, query, response);
      const contentType = request.headers["content-type"] ?? "";
      response.end(JSON.stringify(this.handle(method, url.pathname, query, body, contentType)));
    } catch (status) {
      response.statusCode = (status as Status).code ?? 500;
      response.end(JSON.stringify({ kind: "Status", ...(status as Status) }));
    }
  }

  private handle(
    method: string,
    path: string,
    query: Record<string, string>,
    body: unknown,
    contentType: string,
  ): unknown {
    const discovered = this.discover(path);
    if (discovered) return discovered;
    const at = this.locate(path);
    const key = `${at.apiVersion}/${at.resource.name}/${at.namespace ?? ""}/${at.name ?? ""}`;
    const dryRun = query.dryRun === "All";
    if (method === "POST") return this.create(at, body as KubeObject, query, dryRun);
    if (at.name === undefined) return this.list(key.slice(0, -1), query);
    const found = this.objects.get(key);
    const apply = method === "PATCH" && contentType.includes("apply-patch");
    if (!found && !apply) throw notFound(at);
    if (method === "GET") return found;
    if (method === "DELETE") return this.delete(found as KubeObject);
    const next = this.changed(found, method, body, contentType, query);
    return dryRun ? next : this.put(next);
  }

  private discover(path: string): unknown {
    const groupVersion = /^\/apis?\/([^/]+(?:\/[^/]+)?)$/.exec(path)?.[1];
    if (groupVersion === undefined) return undefined;
    const resources = this.resources[groupVersion];
    if (!resources) throw { code: 404, reason: "NotFound", message: "no such group-version" };
    return { resources: resources.map((r) => ({ ...r, verbs: ["list", "watch"] })) };
  }

  private locate(path: string): Located {
    const steps = path.split("/").slice(1);
    const apiVersion = steps[0] === "api" ? "v1" : `${steps[1]}/${steps[2]}`;
    const rest = steps.slice(steps[0] === "api" ? 2 : 3);
    const inNamespace = rest[0] === "namespaces" && rest.length > 2;
    const [plural, name] = inNamespace ? rest.slice(2) : rest;
    const resource = this.resources[apiVersion]?.find((r) => r.name === plural);
    if (!resource) throw { code: 404, reason: "NotFound", message: `no ${path}` };
    return { apiVersion, resource, namespace: inNamespace ? rest[1] : undefined, name };
  }

  private create(
    at: Located,
    object: KubeObject,
    query: Record<string, string>,
    dryRun: boolean,
  ): KubeObject {
    if (at.namespace !== undefined && !this.get("Namespace", at.namespace)) {
      throw {
        code: 404,
        reason: "NotFound",
        message: `namespaces "${at.namespace}" not found`,
        details: { kind: "namespaces", name: at.namespace },
      };
    }
    if (this.objects.has(this.pathOf(object))) {
      const message = `${at.resource.name} "${object.metadata.name}" already exists`;
      throw { code: 409, reason: "AlreadyExists", message };
    }
    const owned = withManager(object, String(query.fieldManager), "Update");
    return dryRun ? this.stamped(owned) : this.put(owned);
  }

  private changed(
    found: KubeObject | undefined,
    method: string,
    body: unknown,
    contentType: string,
    query: Record<string, string>,
  ): KubeObject {
    if (method === "PUT") return body as KubeObject;
    if (contentType.includes("json-patch")) {
      const next = structuredClone(found as KubeObject);
      for (const { path, value } of body as { path: string; value: unknown }[]) {
        next.metadata[path.replace("/metadata/", "")] = value;
      }
      return next;
    }
    const object = body as KubeObject;
    const merged = {
      ...found,
      ...object,
      metadata: { ...found?.metadata, ...object.metadata },
    };
    return withManager(merged, String(query.fieldManager), "Apply");
  }

  private delete(object: KubeObject): unknown {
    const finalizers = object.metadata.finalizers ?? [];
    if (finalizers.length === 0) this.remove(object);
    else {
      const deletionTimestamp = "2026-01-01T00:00:00Z";
      this.put({ ...object, metadata: { ...object.metadata, deletionTimestamp } });
    }
    return { kind: "Status", status: "Success" };
  }

  private list(prefix: string, query: Record<string, string>): unknown {
    const name = nameSelected(query);
    const items = [...this.objects]
      .filter(([key, object]) => key.startsWith(prefix) && (!name || object.metadata.name === name))
      .map(([, object]) => object);
    return { metadata: { resourceVersion: String(this.version) }, items };
  }

  private watch(path: string, query: Record<string, string>, response: ServerResponse): void {
    const at = this.locate(path);
    const prefix = `${at.apiVersion}/${at.resource.name}/${at.namespace ?? ""}`;
    const watcher = { prefix, name: nameSelected(query), response };
    this.watchers.add(watcher);
    response.on("close", () => this.watchers.delete(watcher));
    response.flushHeaders();
  }
}

function withManager(object: KubeObject, manager: string, operation: string): KubeObject {
  const others = (object.metadata.managedFields ?? []).filter((f) => f.manager !== manager);
  const spec = Object.keys((object.spec ?? {}) as object).map((key) => [`f:${key}`, {}]);
  const fieldsV1 = { "f:spec": Object.fromEntries(spec) };
  const managedFields = [...others, { manager, operation, fieldsV1 }];
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function notFound({ resource, name }: Located): Status {
  return { code: 404, reason: "NotFound", message: `${resource.name} "${name}" not found` };
}

function nameSelected({ fieldSelector = "" }: Record<string, string>): string | undefined {
  return /^metadata\.name=(.+)$/.exec(fieldSelector)?.[1];
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text ? (JSON.parse(text) as unknown) : undefined;
}
