import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { ask } from "../../../operations/verify/client";
import { post } from "../../../operations/verify/question";

/** Answers with what it got. */
const proxy = http.createServer((request, response) => {
  const { method, url, headers } = request;
  const { host, "proxy-authorization": key, "x-own": own } = headers;
  let text = "";
  request
    .on("data", (piece: Buffer) => (text += piece.toString()))
    .on("end", () => response.end(JSON.stringify({ method, url, host, key, own, text })));
});
let address: string;
beforeAll(async () => {
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => proxy.close());

const before = { ...process.env };
beforeEach(() => {
  const others = Object.entries(before).filter(([name]) => !/_proxy$/i.test(name));
  process.env = Object.fromEntries(others);
});
afterAll(() => {
  process.env = before;
});

const question = post("/v1/completions", { model: "m" }, { "x-own": "1" });
const got = async (url: string) => {
  const outcome = await ask(url, question, 20);
  return "text" in outcome ? (JSON.parse(outcome.text) as object) : outcome;
};

test("without a proxy it asks the host itself", async () => {
  expect(await got(`http://${address}`)).toEqual({
    ...{ method: "POST", url: "/v1/completions", host: address, own: "1" },
    text: '{"model":"m"}',
  });
});

test.each(["http_proxy", "HTTP_PROXY"])(
  "it asks the proxy of %s for the whole URL",
  async (name) => {
    process.env[name] = `http://${address}`;
    process.env.no_proxy = "127.0.0.1";
    expect(await got("http://10.0.0.9")).toEqual({
      ...{ method: "POST", url: "http://10.0.0.9/v1/completions", host: "10.0.0.9", own: "1" },
      text: '{"model":"m"}',
    });
  },
);

test("it tells the proxy who asks", async () => {
  process.env.http_proxy = `http://me:p%40ss@${address}`;
  const key = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
  expect(await got("http://llm.corp.internal")).toMatchObject({ key, host: "llm.corp.internal" });
});

test("no_proxy keeps a host from the proxy", async () => {
  process.env.http_proxy = "http://127.0.0.1:1";
  process.env.no_proxy = "127.0.0.1";
  expect(await got(`http://${address}`)).toMatchObject({ url: "/v1/completions" });
});

test("a proxy that is down is no answer", async () => {
  process.env.http_proxy = "http://127.0.0.1:1";
  expect(await got("http://10.0.0.9")).toEqual({ none: "the connection was refused" });
});

test("a name that nobody knows is no answer", async () => {
  expect(await got("http://gateway.invalid")).toEqual({ none: "the name is unknown here" });
});

test("an answer of more than 1 MB is cut", async () => {
  const long = http.createServer((_, response) => {
    response.setHeader("content-type", "text/plain");
    response.end("x".repeat(3_000_000));
  });
  long.listen(0, "127.0.0.1");
  await once(long, "listening");
  const url = `http://127.0.0.1:${(long.address() as AddressInfo).port}`;
  const outcome = await ask(url, { method: "GET", path: "/" }, 20);
  expect(outcome).toMatchObject({ status: 200, type: "text/plain", cut: "it is longer than 1 MB" });
  long.closeAllConnections();
  long.close();
});
