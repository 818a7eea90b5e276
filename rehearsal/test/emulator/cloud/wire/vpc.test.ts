import { once } from "node:events";
import * as http from "node:http";
import * as net from "node:net";

import { Listener, Vpc } from "../../../../emulator/cloud/wire/vpc";

const WEST = "10.10.0.253";
const EAST = "10.20.0.253";
const NAME = "llm.corp.internal.";

/** What a load balancer does. */
let answer: http.RequestListener;
let balancer: http.Server;
let proxy: http.Server;
let vpc: Vpc;
let listeners: Listener[];
beforeEach(async () => {
  answer = (request, response) => response.end(`${request.method} ${request.url}`);
  balancer = await listening(http.createServer((request, response) => answer(request, response)));
  const url = `http://127.0.0.1:${portOf(balancer)}`;
  listeners = [
    { address: WEST, port: 80, url },
    { address: EAST, port: 8080, url },
  ];
  const names = () => [
    { zone: "llm", name: NAME, regions: { "us-east4": [EAST], "europe-west3": [WEST] } },
  ];
  vpc = new Vpc({ listeners: () => listeners, names });
  proxy = await listening(http.createServer((request, response) => vpc.answer(request, response)));
  proxy.on("connect", (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    if (!vpc.tunnel(request.url ?? "", socket, head)) socket.end("no");
  });
});
afterEach(async () => {
  vpc.close();
  for (const server of [proxy, balancer]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(server: http.Server): Promise<http.Server> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: http.Server): number {
  return (server.address() as net.AddressInfo).port;
}

/** Asks the proxy, as a client of whose `http_proxy` it is. */
function asking(target: string, options: http.RequestOptions = {}): http.ClientRequest {
  return http.request({ port: portOf(proxy), host: "127.0.0.1", path: target, ...options });
}

async function ask(target: string, options: http.RequestOptions = {}, body = "") {
  const request = asking(target, { agent: false, ...options });
  request.end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  return { status: response.statusCode, headers: response.headers, text: await textOf(response) };
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return text;
}

test.each([
  ["its address", `http://${WEST}/v1/models?x=1`],
  ["its address and port", `http://${EAST}:8080/v1/models?x=1`],
  ["its private name", "http://llm.corp.internal/v1/models?x=1"],
])("a load balancer answers at %s", async (_, target) => {
  expect(await ask(target)).toMatchObject({ status: 200, text: "GET /v1/models?x=1" });
});

test("method, headers and body are passed on, and what is between neighbours is not", async () => {
  let seen: http.IncomingMessage | undefined;
  answer = async (request, response) => {
    seen = request;
    response.setHeader("keep-alive", "timeout=9");
    response.setHeader("x-answer", ["1", "2"]);
    response.writeHead(201).end(await textOf(request));
  };
  const headers = {
    "proxy-authorization": "Basic eA==",
    connection: "x-private, close",
    "x-private": "1",
    "x-mine": "2",
    host: "elsewhere",
  };
  const got = await ask(`http://${WEST}/`, { method: "POST", headers }, "hello");
  expect(got).toMatchObject({ status: 201, text: "hello" });
  expect([got.headers["x-answer"], got.headers["keep-alive"]]).toEqual(["1, 2", undefined]);
  expect(seen?.method).toBe("POST");
  expect(seen?.headers).toMatchObject({ host: WEST, "x-mine": "2" });
  expect(seen?.headers).not.toHaveProperty("proxy-authorization");
  expect(seen?.headers).not.toHaveProperty("x-private");
});

test.each([
  ["another host", "http://example.com/"],
  ["another port", `http://${WEST}:8080/`],
  ["an address that nobody has", "http://10.10.0.1/"],
  ["what is no URL", "http://["],
])("%s is refused, with what answers", async (_, target) => {
  expect(await ask(target)).toMatchObject({
    status: 403,
    text:
      "This is the proxy of a rehearsal, which answers for its load balancers alone " +
      `(that is, ${WEST}:80, ${EAST}:8080), not for ${target}.\n`,
  });
});

test("before there is a load balancer, all is refused", async () => {
  listeners = [];
  expect((await ask(`http://${WEST}/`)).text).toBe(
    "This is the proxy of a rehearsal, which answers for its load balancers alone " +
      `(no load balancer answers yet), not for http://${WEST}/.\n`,
  );
});

test("a load balancer that does not answer is told", async () => {
  listeners = [{ address: WEST, port: 80, url: "http://127.0.0.1:1" }];
  expect(await ask(`http://${WEST}/`)).toMatchObject({
    status: 502,
    text: `The load balancer at ${WEST} does not answer: connect ECONNREFUSED 127.0.0.1:1.\n`,
  });
});

test("an answer comes piece by piece", async () => {
  let go: () => void = () => undefined;
  answer = (_request, response) => {
    response.write("one");
    go = () => response.end("two");
  };
  const request = asking(`http://${WEST}/`);
  request.end();
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const [first] = (await once(response, "data")) as [Buffer];
  expect(String(first)).toBe("one");
  go();
  expect(await textOf(response)).toBe("two");
});

test("a client that goes away ends the request, and a load balancer that breaks ends the answer", async () => {
  let upstream: http.IncomingMessage | undefined;
  answer = (request, response) => {
    upstream = request;
    response.write("one");
  };
  const request = asking(`http://${WEST}/`);
  request.on("error", () => undefined).end();
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.on("error", () => undefined);
  await once(response, "data");
  const gone = new Promise((resolve) => upstream?.on("close", resolve));
  request.destroy();
  await gone;
  answer = (_request, broken) => {
    broken.write("half");
    setImmediate(() => broken.destroy());
  };
  await expect(ask(`http://${WEST}/`)).rejects.toThrow("aborted");
});

describe("a tunnel", () => {
  const connect = async (target: string) => {
    const socket = net.connect(portOf(proxy), "127.0.0.1");
    socket.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`);
    const [first] = (await once(socket, "data")) as [Buffer];
    return { socket, first: String(first) };
  };

  test("leads to a load balancer, and ends with either side", async () => {
    const { socket, first } = await connect(`${WEST}:80`);
    expect(first).toBe("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.write("GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n");
    const [said] = (await once(socket, "data")) as [Buffer];
    expect(String(said)).toMatch(/^HTTP\/1\.1 200 OK[^]*GET \/v1\/models$/);
    const closed = once(socket, "close");
    balancer.closeAllConnections();
    await closed;
  });

  test("leads nowhere else", async () => {
    expect((await connect("example.com:80")).first).toBe("no");
  });

  test("does not outlive the cloud", async () => {
    const { socket } = await connect(`${WEST}:80`);
    const closed = once(socket, "close");
    vpc.close();
    await closed;
  });
});
