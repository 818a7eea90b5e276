import { createServer, RequestListener, Server } from "node:http";
import { AddressInfo } from "node:net";

import { KubeClient, WatchEvent } from "../../../emulator/kube/client";
import { ClusterUnreachable, KubeError } from "../../../emulator/kube/errors";

let server: Server | undefined;
let client: KubeClient;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(started.address() as AddressInfo).port}`;
  client = KubeClient.fromKubeconfig(kubeconfig(`http://${address}`));
  return address;
}
afterEach(() => {
  client.close();
  server?.closeAllConnections();
  server?.close();
});

const kubeconfig = (url: string) =>
  JSON.stringify({
    "current-context": "here",
    contexts: [{ name: "here", context: { cluster: "a", user: "me" } }],
    clusters: [
      { name: "a", cluster: { server: url, "insecure-skip-tls-verify": true } },
      { name: "b", cluster: { server: "https://b" } },
    ],
    users: [{ name: "me", user: { token: "secret" } }],
  });

it("selects context and cluster", () => {
  expect(KubeClient.fromKubeconfig(kubeconfig("https://a")).server).toBe("https://a");
  const other = KubeClient.fromKubeconfig(kubeconfig("https://a"), "here", "b");
  expect([other.server, other.context]).toEqual(["https://b", "here"]);
  expect(() => KubeClient.fromKubeconfig(kubeconfig("https://a"), "nowhere")).toThrow(
    new Error("kubeconfig: no cluster is selected"),
  );
  client = other;
});

it("sends the credentials and says what was refused, details included", async () => {
  const details = { kind: "namespaces", name: "x" };
  await serve((request, response) => {
    expect(request.headers.authorization).toBe("Bearer secret");
    response.statusCode = 404;
    response.end(JSON.stringify({ code: 404, reason: "NotFound", message: "gone", details }));
  });
  const error: unknown = await client.request("GET", "/x").catch((e: unknown) => e);
  expect(error).toBeInstanceOf(KubeError);
  expect(error).toMatchObject({ code: 404, reason: "NotFound", message: "gone", details });
});

it("says which cluster is out of reach", async () => {
  const address = await serve(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  const error: unknown = await client.request("GET", "/x").catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ClusterUnreachable);
  expect((error as Error).message).toBe(
    `http://${address} (context here): connect ECONNREFUSED ${address}`,
  );
});

describe("a watch", () => {
  const event = (name: string): WatchEvent => ({
    type: "ADDED",
    object: { apiVersion: "v1", kind: "Pod", metadata: { name } },
  });
  const watch = (seen: string[], signal: AbortSignal) =>
    client.watch("/pods", "7", ({ object }) => seen.push(object.metadata.name), signal, {
      fieldSelector: "metadata.name=x",
    });

  it("gives the events of a stream, cut wherever, until it ends", async () => {
    let url = "";
    await serve((request, response) => {
      url = request.url ?? "";
      const text = [event("a"), event("ü"), event("c")].map((e) => JSON.stringify(e)).join("\n");
      const bytes = Buffer.from(text);
      const cut = bytes.indexOf(0xc3) + 1;
      response.write(bytes.subarray(0, cut));
      setTimeout(() => response.end(bytes.subarray(cut)), 20);
    });
    const seen: string[] = [];
    await watch(seen, new AbortController().signal);
    expect(seen).toEqual(["a", "ü", "c"]);
    expect(url).toBe(
      "/pods?fieldSelector=metadata.name%3Dx&watch=true&resourceVersion=7&allowWatchBookmarks=true",
    );
  });

  it("ends quietly when it is aborted, before and after the first answer", async () => {
    await serve((_, response) => response.write(`${JSON.stringify(event("a"))}\n`));
    const abort = new AbortController();
    const seen: string[] = [];
    const watching = watch(seen, abort.signal);
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort();
    await watching;
    await watch(seen, abort.signal);
    expect(seen).toEqual(["a"]);
  });

  it("fails when the connection breaks", async () => {
    await serve((request, response) => {
      response.write(`${JSON.stringify(event("a"))}\n`);
      setTimeout(() => request.socket.destroy(), 20);
    });
    const seen: string[] = [];
    await expect(watch(seen, new AbortController().signal)).rejects.toThrow(ClusterUnreachable);
    expect(seen).toEqual(["a"]);
  });

  it("fails by what its reader throws", async () => {
    await serve((_, response) => response.write(`${JSON.stringify(event("a"))}\n`));
    const refuse = () => {
      throw new Error("no more");
    };
    const { signal } = new AbortController();
    await expect(client.watch("/pods", "7", refuse, signal)).rejects.toThrow(new Error("no more"));
  });
});
