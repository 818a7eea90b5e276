import { once } from "node:events";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import * as tls from "node:tls";
import { gzipSync } from "node:zlib";

import { JsonObject } from "../../../../emulator/cloud/json";
import { COMPUTE, NETWORKS, TestCloud } from "../support/testCloud";

const HOST = "compute.googleapis.com";
const PATH = new URL(NETWORKS).pathname;
const MIB = 1024 * 1024;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await TestCloud.start(["compute"]);
});
// Whatever a client sent, the next one is served.
afterEach(async () => {
  expect(await cloud.run("GET", `${COMPUTE}/zones`)).toMatchObject({ kind: "compute#zoneList" });
});
afterAll(() => cloud.stop());

describe("a proxy's client", () => {
  const refusal = (target: string) =>
    `This is the proxy of a rehearsal, which answers for *.googleapis.com:443 alone, not for ${target}.`;

  it.each([
    ["another host", "example.com:443"],
    ["a host that only ends like Google's", "evilgoogleapis.com:443"],
    ["a host that only begins like Google's", "compute.googleapis.com.example.com:443"],
    ["Google's host at another port", "compute.googleapis.com:80"],
    ["no port", "compute.googleapis.com"],
    ["an address", "[::1]:443"],
  ])("is refused %s, in the line that clients print and in the body", async (_, target) => {
    const text = refusal(target);
    expect(await said(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`)).toBe(
      `HTTP/1.1 403 ${text}\r\ncontent-type: text/plain; charset=UTF-8\r\n` +
        `content-length: ${text.length + 1}\r\nconnection: close\r\n\r\n${text}\n`,
    );
  });

  it("is refused requests without a tunnel, to Google's hosts too", async () => {
    const target = "http://compute.googleapis.com/compute/v1/projects";
    expect(refusalIn(await said(request(`GET ${target}`, HOST)))).toEqual({
      code: 403,
      status: "PERMISSION_DENIED",
      message: refusal(target),
    });
  });

  it("is refused what is no URL", async () => {
    expect(refusalIn(await said(request("GET http://[", HOST)))).toEqual({
      code: 403,
      status: "PERMISSION_DENIED",
      message: refusal("http://["),
    });
  });

  it("sees a certificate of the rehearsal's CA, and HTTP/1.1 alone", async () => {
    const socket = await tunnel({ ALPNProtocols: ["h2", "http/1.1"] });
    expect(socket.getPeerCertificate().subjectaltname).toBe("DNS:*.googleapis.com");
    expect(socket.alpnProtocol).toBe("http/1.1");
    socket.destroy();
  });

  it("is served request after request on one connection, in any spelling of the host", async () => {
    const socket = await tunnel({}, "COMPUTE.googleapis.com:443");
    for (let i = 0; i < 3; i++) {
      socket.write(authorized("GET", "COMPUTE.googleapis.com"));
      expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
    socket.destroy();
  });

  it("that says nothing in its tunnel keeps nobody from ending the cloud", async () => {
    await silent();
    const half = await tunnel();
    half.write(`POST ${PATH} HTTP/1.1\r\nhost: ${HOST}\r\ncontent-length: 100\r\n\r\n{`);
    await cloud.restart();
  });

  it("that speaks no TLS in its tunnel is cut off", async () => {
    const socket = await silent();
    socket.write("GET / HTTP/1.1\r\n\r\n");
    await once(socket.resume(), "close");
  });

  it.each([
    ["a request", (text: string) => Buffer.from(text), ""],
    ["a packed request", (text: string) => gzipSync(text), "content-encoding: gzip\r\n"],
  ])("that goes away in the middle of %s leaves nothing behind", async (_, pack, header) => {
    const socket = await tunnel();
    const body = pack(JSON.stringify({ name: "half", autoCreateSubnetworks: false }));
    socket.write(authorized("POST", HOST, `${header}content-length: ${body.length}`));
    socket.write(body.subarray(0, -1));
    await cloud.run("GET", NETWORKS);
    socket.destroy();
    expect((await cloud.call("GET", `${NETWORKS}/half`)).status).toBe(404);
  });
});

describe("a request", () => {
  const post = (body: Buffer | string, headers = "") => {
    const length = `content-length: ${Buffer.byteLength(body)}`;
    return answered(authorized("POST", HOST, [length, headers].filter(Boolean).join("\r\n")), body);
  };

  it("may be packed", async () => {
    const body = gzipSync(JSON.stringify({ name: "vpc", autoCreateSubnetworks: false }));
    expect(await post(body, "content-encoding: gzip")).toContain('"operationType":"insert"');
  });

  it("may be an empty text, where there is nothing to say", async () => {
    expect(refusalIn(await post('""'))).toMatchObject({
      message: expect.stringMatching(/^Invalid value for field 'resource\.name': ''\. /),
    });
  });

  it.each([
    ["not JSON", "{", "", expect.stringMatching(/^Invalid JSON payload received\. Expected .*1/)],
    ["a list", "[]", "", "Invalid JSON payload received. Root element must be a message."],
    ["a word", "null", "", "Invalid JSON payload received. Root element must be a message."],
    ["said to be packed", "{}", "content-encoding: gzip", "The request's body could not be read."],
  ])("is refused whose body is %s", async (_, body, headers, message) => {
    expect(refusalIn(await post(body, headers))).toEqual(older(400, "invalidArgument", message));
  });

  it("is refused whose body is too large, also when it is packed", async () => {
    const message = "Request payload size exceeds the limit: 10485760 bytes.";
    const tooLarge = older(413, "payloadTooLarge", message);
    const fits = Buffer.alloc(10 * MIB, " ");
    expect(await post(fits)).not.toContain(message);
    const more = Buffer.concat([fits, Buffer.from(" ")]);
    expect(refusalIn(await post(more))).toEqual(tooLarge);
    expect(refusalIn(await post(gzipSync(more), "content-encoding: gzip"))).toEqual(tooLarge);
  });

  const unencoded = `"${PATH}/%E0" is not encoded as URLs are.`;
  it.each([
    ["its path is not encoded as URLs are", `GET ${PATH}/%E0`, 400, unencoded],
    ["it names its host again", "GET http://[", 400, '"http://[" is no path.'],
    ["its path begins with two slashes", "GET //[", 404, "Method not found."],
    ["it has a verb that the path has not", `PUT ${PATH}`, 404, "Method not found."],
    ["it has a verb that no path has", `PROPFIND ${PATH}`, 404, "Method not found."],
    ["its path is of no API", "GET /compute/v7/projects", 404, "Method not found."],
  ])("is refused where %s", async (_, line, code, message) => {
    const reason = code === 400 ? "invalidArgument" : "notFound";
    const answer = await answered(request(line, HOST));
    expect(refusalIn(answer)).toEqual(older(code, reason, message));
  });

  it("is refused at hosts of Google's that are not emulated", async () => {
    const url = "https://bigquery.googleapis.com/bigquery/v2/projects";
    expect(await cloud.call("GET", url)).toMatchObject({
      status: 404,
      json: { error: { code: 404, message: "Method not found." } },
    });
  });
});

describe("the cloud's own API", () => {
  it.each([
    ["/admin/callers/%E0", 400, "INVALID_ARGUMENT", "is not encoded as URLs are."],
    ["//[", 404, "NOT_FOUND", "is not a path of the emulated cloud."],
  ])("refuses %s", async (target, code, status, why) => {
    const { message, ...error } = refusalIn(await said(request(`GET ${target}`, "127.0.0.1")));
    expect(error).toEqual({ code, status });
    expect(message).toContain(why);
  });
});

/** @param headers each without the end of its line, joined by ends of lines */
function request(line: string, host: string, headers = "connection: close"): string {
  return `${line} HTTP/1.1\r\nhost: ${host}\r\n${headers}\r\n\r\n`;
}

function authorized(verb: string, host: string, headers = ""): string {
  const all = [`authorization: Bearer ${cloud.token}`, headers].filter(Boolean).join("\r\n");
  return request(`${verb} ${PATH}`, host, all);
}

/** A refusal as compute's format has it. */
function older(code: number, reason: string, message: string) {
  return { code, message, errors: [{ message, domain: "global", reason }] };
}

/** Of an answer as it went over the wire. */
function refusalIn(answer: string): JsonObject {
  expect(answer).toContain("\r\ncontent-type: application/json; charset=UTF-8\r\n");
  const { error } = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1)) as {
    error: JsonObject;
  };
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(error.code)} `));
  return error;
}

/** Everything that the cloud says to a request to itself, until it ends the connection. */
async function said(text: string): Promise<string> {
  const socket = connected();
  socket.write(text);
  return everything(socket);
}

function connected(): net.Socket {
  return net.connect(Number(new URL(cloud.url).port), "127.0.0.1");
}

/** A tunnel in which nothing has been said yet. */
async function silent(target = `${HOST}:443`): Promise<net.Socket> {
  const socket = connected();
  socket.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`);
  expect(String((await once(socket, "data"))[0])).toBe(
    "HTTP/1.1 200 Connection established\r\n\r\n",
  );
  return socket.on("error", () => undefined);
}

async function tunnel(options: tls.ConnectionOptions = {}, target?: string) {
  const ca = fs.readFileSync(path.join(cloud.stateDir, "pki", "ca.crt"));
  const socket = tls.connect({ socket: await silent(target), servername: HOST, ca, ...options });
  await once(socket, "secureConnect");
  return socket.on("error", () => undefined);
}

/** What the cloud answers to a request to Google's host. */
async function answered(head: string, body: Buffer | string = ""): Promise<string> {
  const socket = await tunnel();
  socket.write(head.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
  socket.write(body);
  return everything(socket);
}

async function everything(socket: net.Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, "close");
  return text;
}
