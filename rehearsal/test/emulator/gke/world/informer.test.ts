import { Informer } from "../../../../emulator/gke/world/informer";
import { KubeClient, WatchEvent } from "../../../../emulator/kube/client";
import { ClusterUnreachable, KubeError } from "../../../../emulator/kube/errors";
import { KubeObject } from "../../../../emulator/kube/objects";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function item(name: string, fields: object = {}): KubeObject {
  return { metadata: { namespace: "default", name, managedFields: [{}] }, ...fields } as KubeObject;
}

/** An API server with one collection; `refuse` makes it answer with an error. */
class FakeServer {
  items: KubeObject[] = [];
  refuse: Error | undefined;
  lists = 0;
  private send: ((event: WatchEvent) => void) | undefined;
  private end: ((error?: Error) => void) | undefined;

  readonly client = {
    path: async () => "/api/v1/pods",
    request: async () => {
      this.lists++;
      if (this.refuse) throw this.refuse;
      return { metadata: { resourceVersion: "1" }, items: this.items };
    },
    watch: (
      _path: string,
      _version: string,
      onEvent: (event: WatchEvent) => void,
      signal: AbortSignal,
    ) =>
      new Promise<void>((resolve, reject) => {
        this.end = (error) => (error ? reject(error) : resolve());
        this.send = (event) => {
          try {
            onEvent(event);
          } catch (error) {
            reject(error);
          }
        };
        signal.addEventListener("abort", () => resolve());
      }),
  } as unknown as KubeClient;

  event(type: WatchEvent["type"], object: KubeObject): void {
    this.send?.({ type, object });
  }

  endWatch(error?: Error): void {
    this.end?.(error);
  }
}

async function started(server: FakeServer, kind: "Pod" | "Secret" = "Pod") {
  const changed = jest.fn();
  const informer = new Informer(server.client, kind, changed);
  informer.start();
  await jest.advanceTimersByTimeAsync(0);
  return { informer, changed };
}

const names = (informer: Informer) => informer.list().map((object) => object.metadata.name);

test("it lists, then follows what comes, changes and goes", async () => {
  const server = new FakeServer();
  server.items = [item("a")];
  const { informer, changed } = await started(server);
  expect(informer.get("default/a")).toEqual({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace: "default", name: "a" },
  });
  server.event("ADDED", item("b"));
  server.event("MODIFIED", item("b", { spec: 1 }));
  server.event("BOOKMARK", item(""));
  server.event("DELETED", item("a"));
  expect(names(informer)).toEqual(["b"]);
  expect(informer.get("default/b")?.spec).toBe(1);
  expect(changed).toHaveBeenCalledTimes(4);
  informer.stop();
});

test("when a watch ends it lists anew, and so learns what it has missed", async () => {
  const server = new FakeServer();
  server.items = [item("a")];
  const { informer } = await started(server);
  server.items = [item("c")];
  server.endWatch();
  await jest.advanceTimersByTimeAsync(100);
  expect(names(informer)).toEqual(["c"]);
  informer.stop();
});

test("so it does when the watch's history is gone", async () => {
  const server = new FakeServer();
  const { informer } = await started(server);
  server.items = [item("c")];
  server.event("ERROR", item(""));
  await jest.advanceTimersByTimeAsync(500);
  expect(names(informer)).toEqual(["c"]);
  informer.stop();
});

test("while the server is away it keeps what it knows, says so, and comes back", async () => {
  const server = new FakeServer();
  server.items = [item("a")];
  const { informer, changed } = await started(server);
  server.refuse = new ClusterUnreachable("https://127.0.0.1:1", new Error("refused"));
  server.endWatch(new Error("aborted"));
  await jest.advanceTimersByTimeAsync(2000);
  expect([informer.reachable, names(informer)]).toEqual([false, ["a"]]);
  expect(changed).toHaveBeenCalledTimes(2);
  server.refuse = undefined;
  await jest.advanceTimersByTimeAsync(500);
  expect([informer.reachable, informer.served]).toEqual([true, true]);
  informer.stop();
});

test("a kind that is not installed has no objects; once it is expected it is asked for often", async () => {
  const server = new FakeServer();
  server.refuse = KubeError.noMatch("networking.gke.io/v1", "GCPInferencePoolImport");
  const { informer } = await started(server);
  expect([informer.served, informer.reachable]).toEqual([false, true]);
  await jest.advanceTimersByTimeAsync(4900);
  expect(server.lists).toBe(1);
  informer.expect();
  await jest.advanceTimersByTimeAsync(1000);
  expect(server.lists).toBe(7);
  server.refuse = undefined;
  await jest.advanceTimersByTimeAsync(200);
  expect(informer.served).toBe(true);
  informer.stop();
});

test("it does not hold the values of Secrets", async () => {
  const server = new FakeServer();
  server.items = [item("hf-token", { data: { token: "c2VjcmV0" } })];
  const { informer } = await started(server, "Secret");
  expect(informer.get("default/hf-token")).toMatchObject({ data: { token: "" } });
  expect(JSON.stringify(informer.list())).not.toContain("c2VjcmV0");
  informer.stop();
});

test("stopped, it asks nothing any more", async () => {
  const server = new FakeServer();
  const { informer } = await started(server);
  informer.stop();
  server.endWatch();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(server.lists).toBe(1);
});
