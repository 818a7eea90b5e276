import * as fs from "node:fs";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { CertificateAuthority } from "../../../emulator/gke/controlPlane/pki";
import { HealthCheck } from "../../../emulator/gke/forwarding";
import { HealthChecks, Wanted } from "../../../emulator/loadBalancer/health";
import { probe } from "../../../emulator/loadBalancer/probe";
import { CHECK, endpoint } from "./support/forwarding";

const POD = endpoint("127.73.1.1");
const STEADY: HealthCheck = {
  ...CHECK,
  checkIntervalSec: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

function wanted(over: Partial<Wanted> = {}): Wanted {
  return { pool: "default/llama", endpoint: POD, check: STEADY, ...over };
}

describe("an endpoint under checks", () => {
  let now = 0;
  let answers: (string | undefined)[] = [];
  let asked = 0;
  let checks: HealthChecks;
  beforeEach(() => {
    [now, answers, asked] = [0, [], 0];
    checks = new HealthChecks(
      () => now,
      async () => {
        asked++;
        return answers.shift();
      },
    );
    checks.set([wanted()]);
  });
  const health = () => checks.of("default/llama", POD);
  /** Passes a check's interval. */
  const next = async (answer?: string) => {
    answers = [answer];
    await checks.tick();
    now += 5000;
  };

  test("is unhealthy until it has passed often enough in a row", async () => {
    expect(health()).toEqual({ healthy: false, reason: "it was not checked yet" });
    await next();
    await next("answers 500");
    await next();
    expect(health()).toEqual({ healthy: false, reason: "answers 500" });
    await next();
    expect(health()).toEqual({ healthy: true });
  });

  test("is healthy until it has failed often enough in a row", async () => {
    for (const answer of [undefined, undefined, "a", "b", undefined, "c", "d"]) await next(answer);
    expect(health()).toEqual({ healthy: true });
    await next("e");
    expect(health()).toEqual({ healthy: false, reason: "e" });
  });

  test("is asked once an interval", async () => {
    await checks.tick();
    await checks.tick();
    now += 4999;
    await checks.tick();
    expect(asked).toBe(1);
    now += 1;
    await checks.tick();
    expect(asked).toBe(2);
  });

  test("is not asked again while a question is open", async () => {
    let answer: (reason?: string) => void = () => undefined;
    const slow = new HealthChecks(
      () => now,
      () => {
        asked++;
        return new Promise((resolve) => (answer = resolve));
      },
    );
    slow.set([wanted()]);
    const first = slow.tick();
    now += 60_000;
    await slow.tick();
    expect(asked).toBe(1);
    answer();
    await first;
  });

  test("keeps what is known while it is wanted", async () => {
    await next();
    await next();
    checks.set([wanted({ endpoint: { ...POD, labels: {} } })]);
    expect(health().healthy).toBe(true);
    checks.set([wanted({ pool: "default/other" })]);
    expect(health().healthy).toBe(false);
    checks.set([wanted()]);
    expect(health().healthy).toBe(false);
  });

  test("stays healthy when the policy changes, until the new check fails often enough", async () => {
    await next();
    await next();
    checks.set([wanted({ check: { ...STEADY, unhealthyThreshold: 1 } })]);
    expect(health().healthy).toBe(true);
    await next("answers 404");
    expect(health()).toEqual({ healthy: false, reason: "answers 404" });
  });

  test("is asked nothing any more once all ends", async () => {
    const signals: AbortSignal[] = [];
    const ending = new HealthChecks(
      () => now,
      async (_pod, _check, end) => void signals.push(end) as never,
    );
    ending.set([wanted()]);
    await ending.tick();
    ending.stop();
    now += 5000;
    await ending.tick();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe("a check of a server", () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** @returns the port */
  async function listening(server: net.Server): Promise<number> {
    const sockets = new Set<net.Socket>();
    server.on("connection", (socket: net.Socket) => {
      sockets.add(socket.on("error", () => undefined));
    });
    await new Promise<void>((resolve) => server.listen(0, POD.ip, resolve));
    closers.push(async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as net.AddressInfo).port;
  }

  const answering = (status: number, text = "") =>
    listening(http.createServer((_, response) => response.writeHead(status).end(text)));
  const ask = (port: number | string, over: Partial<HealthCheck> = {}) =>
    probe(
      { ...POD, namedPorts: { http: 80 } },
      { ...CHECK, ...over, port },
      new AbortController().signal,
    );

  test.each([
    [200, undefined],
    [204, "answers 204"],
    [301, "answers 301"],
    [500, "answers 500"],
  ])("of type HTTP passes at %d: %s", async (status, expected) => {
    expect(await ask(await answering(status))).toBe(expected);
  });

  test("asks for the path and host of the policy", async () => {
    const seen: unknown[] = [];
    const port = await listening(
      http.createServer(({ url, headers }, response) => {
        seen.push([url, headers.host]);
        response.end();
      }),
    );
    await ask(port, { requestPath: "/ready?x=1", host: "models.internal" });
    await ask(port, { requestPath: "/" });
    expect(seen).toEqual([
      ["/ready?x=1", "models.internal"],
      ["/", `${POD.ip}:${port}`],
    ]);
  });

  test("looks for the response in the first 1024 bytes", async () => {
    const port = await answering(200, `${"x".repeat(1020)}okay`);
    expect(await ask(port, { response: "okay" })).toBeUndefined();
    const late = await answering(200, `${"x".repeat(1021)}okay`);
    expect(await ask(late, { response: "okay" })).toBe('its answer does not contain "okay"');
  });

  test("does not wait longer than the policy says, nor after the end", async () => {
    const port = await listening(http.createServer(() => undefined));
    expect(await ask(port, { timeoutSec: 0.05 })).toBe("no answer within 0.05 s");
    const end = new AbortController();
    const asking = probe(POD, { ...CHECK, port }, end.signal);
    end.abort();
    expect(await asking).toBe("ABORT_ERR");
  });

  test("tells a port that nobody has, and one that nobody listens at", async () => {
    expect(await ask("grpc")).toBe("no container has a port grpc");
    const port = await answering(200);
    await closers.pop()?.();
    expect(await ask(port)).toBe("ECONNREFUSED");
  });

  test("of type TCP needs a connection, and the response if there is one", async () => {
    const port = await listening(
      net.createServer(
        (socket) => void socket.on("data", (data) => socket.end(`got ${String(data)}`)),
      ),
    );
    expect(await ask(port, { type: "TCP" })).toBeUndefined();
    expect(await ask(port, { type: "TCP", request: "hi", response: "got hi" })).toBeUndefined();
    expect(await ask(port, { type: "TCP", request: "hi", response: "no" })).toBe(
      'its answer does not contain "no"',
    );
  });

  test("of types HTTPS and HTTP2 takes any certificate", async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "health-"));
    const ca = await CertificateAuthority.open(directory);
    fs.rmSync(directory, { recursive: true });
    const { privateKey: key, public: cert } = await ca.issueServerCertificate("pod");
    const tls = await listening(
      https.createServer({ key, cert }, (_, response) => response.end("ok")),
    );
    expect(await ask(tls, { type: "HTTPS", response: "ok" })).toBeUndefined();
    const server = http2.createSecureServer({ key, cert });
    server.on("stream", (stream, headers) => {
      stream.respond({ ":status": headers[":path"] === "/health" ? 200 : 404 });
      stream.end("ok");
    });
    const two = await listening(server);
    expect(await ask(two, { type: "HTTP2", response: "ok" })).toBeUndefined();
    expect(await ask(two, { type: "HTTP2", requestPath: "/no" })).toBe("answers 404");
  });

  test("of type GRPC asks for the service's health", async () => {
    const asked: string[] = [];
    const server = http2.createServer();
    server.on("stream", (stream, headers) => {
      stream.on("data", (data: Buffer) => {
        asked.push(`${String(headers[":path"])} ${data.toString("hex")}`);
        const serving = asked.length === 1 ? 1 : 2;
        stream.respond({ ":status": 200, "content-type": "application/grpc" });
        stream.end(Buffer.from([0, 0, 0, 0, 2, 8, serving]));
      });
    });
    const port = await listening(server);
    expect(await ask(port, { type: "GRPC", grpcServiceName: "llm" })).toBeUndefined();
    expect(await ask(port, { type: "GRPC" })).toBe("does not say SERVING");
    expect(asked).toEqual([
      "/grpc.health.v1.Health/Check 00000000050a036c6c6d",
      "/grpc.health.v1.Health/Check 0000000000",
    ]);
  });
});
