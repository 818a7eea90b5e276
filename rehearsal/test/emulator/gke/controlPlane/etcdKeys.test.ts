import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { deletePrefix } from "../../../../emulator/gke/controlPlane/etcdKeys";

let server: http.Server;
let asked: string[];

afterEach(() => new Promise((resolve) => server.close(resolve)));

test("asks again where the connection breaks, with the same range", async () => {
  await deletePrefix(await etcd(2), "/clusters/a/");
  const range = { key: base64("/clusters/a/"), range_end: base64("/clusters/a0") };
  expect(asked.map((body) => JSON.parse(body) as unknown)).toEqual([range, range, range]);
});

test("gives up where it breaks again and again, and says why", async () => {
  const url = await etcd(5);
  await expect(deletePrefix(url, "/clusters/a/")).rejects.toThrow(
    `etcd at ${url}: deleting /clusters/a/: UND_ERR_SOCKET`,
  );
  expect(asked).toHaveLength(5);
});

test("says what etcd refuses, once", async () => {
  const url = await etcd(0, 503);
  await expect(deletePrefix(url, "/clusters/a/")).rejects.toThrow(
    "etcd: deleting /clusters/a/: no leader",
  );
  expect(asked).toHaveLength(1);
});

/** Breaks that many connections before it answers. */
async function etcd(broken: number, status = 200): Promise<string> {
  asked = [];
  server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      asked.push(body);
      if (asked.length <= broken) request.socket.destroy();
      else response.writeHead(status, { connection: "close" }).end("no leader");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
