import * as http from "node:http";
import * as net from "node:net";

import { freePort } from "../../../../../emulator/gke/controlPlane/ports";
import { Forwarder } from "../../../../../emulator/gke/kubelet/processes/forwarder";

const POD = "127.77.0.2";
let server: http.Server;
let forwarder: Forwarder;
let port = 0;

beforeEach(async () => {
  server = http.createServer((request, response) => {
    if (request.url === "/hangs") response.write("begun");
    else response.end(`served ${request.url}`);
  });
  const target = await freePort();
  await new Promise<void>((resolve) => server.listen(target, "127.0.0.1", resolve));
  port = await freePort();
  forwarder = await Forwarder.listen(POD, port, target);
});
afterEach(() => {
  forwarder.close();
  server.closeAllConnections();
  server.close();
});

const url = (path: string) => `http://${POD}:${port}${path}`;

test("a port of a pod leads to the process", async () => {
  const answer = await fetch(url("/v1/models"));
  expect(await answer.text()).toBe("served /v1/models");
});

test("an address that is taken is refused", async () => {
  await expect(Forwarder.listen(POD, port, 1)).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("a closed port refuses, and breaks off what is open", async () => {
  const answer = await fetch(url("/hangs"));
  const read = answer.text();
  forwarder.close();
  await expect(read).rejects.toThrow("terminated");
  await expect(fetch(url("/"))).rejects.toThrow("fetch failed");
});

test("a client learns that the process has ended, and the process that a client has gone", async () => {
  const answer = await fetch(url("/hangs"));
  const read = answer.text();
  server.closeAllConnections();
  await expect(read).rejects.toThrow("terminated");

  const gone = new Promise((resolve) =>
    server.once("connection", (s: net.Socket) => s.once("close", resolve)),
  );
  const client = net.connect(port, POD);
  await new Promise((resolve) => client.once("connect", resolve));
  client.resetAndDestroy();
  await gone;
});

test("nothing behind the port is a broken connection", async () => {
  const free = await freePort();
  const dead = await Forwarder.listen(POD, free, await freePort());
  await expect(fetch(`http://${POD}:${free}/`)).rejects.toThrow("fetch failed");
  dead.close();
});
