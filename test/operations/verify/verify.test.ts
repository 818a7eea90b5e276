import type { ServerResponse } from "node:http";

import { gatewayOf } from "../../../operations/verify/gateway";
import type { Row } from "../../../operations/verify/report";
import { verify } from "../../../operations/verify/verify";
import {
  ADAPTER,
  chunk,
  events,
  FakeGateway,
  type Fault,
  json,
  MODEL,
  outputsFor,
  type Received,
  send,
} from "./fakeGateway";

let west: FakeGateway;
let east: FakeGateway;
beforeAll(async () => {
  [west, east] = await Promise.all([FakeGateway.start(), FakeGateway.start()]);
});
afterAll(() => Promise.all([west.stop(), east.stop()]));
beforeEach(() => {
  for (const gateway of [west, east]) {
    gateway.fault = () => false;
    gateway.received.length = 0;
  }
});

const urls = () => ({ "europe-west3": west.url, "us-east4": east.url });
/** @param rest other outputs */
const ask = (rest: object = {}, seconds = 20) =>
  verify(gatewayOf(outputsFor(urls(), rest), "stack dev"), seconds);

const line = ({ at, check, status, came }: Row) => `${at} ${check}: ${status}, ${came}`;
/** What is not ok, with the reason of a failure. */
const wrong = (rows: Row[]) =>
  rows
    .filter(({ status }) => status !== "ok")
    .map((row) => [line(row), ...(row.status === "failed" ? [row.why] : [])]);

const PODS = "kubectl get pods -n inference -l app=vllm --context west, and in east";
const PICKER = "kubectl get deployment vllm-epp -n inference --context west, and in east";
const CHECKS = [
  "models",
  "completion",
  "stream",
  "chat",
  `adapter ${ADAPTER}`,
  "unknown model",
  "malformed body",
  "endpoint picker",
  "objective food-review",
  "objective batch",
];

test("a gateway that works answers every question at the address of every region", async () => {
  const rows = await ask();
  expect(rows.map(line)).toEqual(
    ["europe-west3", "us-east4"].flatMap((region) => [
      `${region} models: ok, 200, ${MODEL}, ${ADAPTER}`,
      `${region} completion: ok, 200 by ${MODEL}, 10 characters`,
      `${region} stream: ok, 200, 2 events by ${MODEL}, 7 characters`,
      `${region} chat: ok, 200 by ${MODEL}, 7 characters`,
      `${region} adapter ${ADAPTER}: ok, 200 by ${ADAPTER}, 10 characters`,
      `${region} unknown model: ok, 404, and its error names the model`,
      `${region} malformed body: ok, 400`,
      `${region} endpoint picker: ok, 200 by verify-renamed-model, 10 characters`,
      `${region} objective food-review: ok, 200 by ${MODEL}, 10 characters`,
      `${region} objective batch: ok, 200 by ${MODEL}, 10 characters`,
    ]),
  );
  for (const { received } of [west, east]) {
    const named = received.map(({ headers }) => headers["x-gateway-inference-objective"]);
    expect(named.filter(Boolean)).toEqual(["food-review", "batch"]);
    expect(received).toHaveLength(CHECKS.length);
  }
});

test("the private name is asked as well", async () => {
  const rows = await ask({ gatewayUrls: { "us-east4": east.url }, privateUrl: west.url });
  const asked = rows.filter(({ at }) => at === "private name").map(({ check }) => check);
  expect(asked).toEqual(CHECKS);
  expect(wrong(rows)).toEqual([]);
});

test("a region that is down fails once, and the others are asked", async () => {
  const down = await FakeGateway.start();
  const { url } = down;
  await down.stop();
  const rows = await ask({ gatewayUrls: { "europe-west3": west.url, "us-east4": url } });
  expect(wrong(rows)).toEqual([
    [
      "us-east4 models: failed, the connection was refused",
      `expected 200 with a list that has "${MODEL}": this machine is not in the stack's VPC (MANIFEST=1 prints a Job for a cluster that is), or the address is not programmed; kubectl get gateway -n inference in the config cluster`,
    ],
    ...CHECKS.slice(1).map((check) => [
      `us-east4 ${check}: skipped, not asked: the address does not answer`,
    ]),
  ]);
});

test("if no address answers, it cannot say", async () => {
  const silent: Fault = (_, response) => {
    response.destroy();
    return true;
  };
  west.fault = silent;
  east.fault = silent;
  await expect(ask()).rejects.toMatchObject({
    exitCode: 2,
    message:
      "No address of the gateway answers:\n" +
      `- europe-west3, ${west.url}: the connection was closed too early\n` +
      `- us-east4, ${east.url}: the connection was closed too early\n` +
      "Likely this machine is not in the stack's VPC (MANIFEST=1 prints a Job for a cluster that is), or the address is " +
      "not programmed; kubectl get gateway -n inference in the config cluster.",
  });
});

/** A fault of one question, by its path and a part of its body. */
const at =
  (path: string, has: (request: Received) => boolean, fault: (r: ServerResponse) => void): Fault =>
  (request, response) => {
    if (request.path !== path || !has(request)) return false;
    fault(response);
    return true;
  };
const plain = ({ body, headers }: Received) =>
  body?.model === MODEL && !body.stream && !("x-gateway-inference-objective" in headers);
const streamed = ({ body }: Received) => body?.stream === true;
const any = () => true;

const COMPLETES = `expected 200 with a text by model "${MODEL}"`;
const STREAMS = `expected 200 with two or more events by "${MODEL}", and [DONE] at the end`;

test.each<[string, Fault, [string, string][]]>([
  [
    "a wrong model name",
    at("/v1/completions", plain, (r) => json(r, 200, { model: "other", choices: [{ text: "x" }] })),
    [
      [
        'completion: failed, 200 by model "other"',
        `${COMPLETES}: a cluster serves another model than the stack's outputs say; pulumi stack output model, and ${PODS}`,
      ],
    ],
  ],
  [
    "an answer without a text",
    at("/v1/completions", plain, (r) => json(r, 200, { model: MODEL, choices: [{ text: "" }] })),
    [
      [
        `completion: failed, 200 by model "${MODEL}", without a text`,
        `${COMPLETES}: the model server generates nothing; ${PODS}`,
      ],
    ],
  ],
  [
    "no choices",
    at("/v1/chat/completions", any, (r) => json(r, 200, { model: MODEL })),
    [
      [
        `chat: failed, 200 by model "${MODEL}", without a text`,
        `${COMPLETES}: the model server generates nothing; ${PODS}`,
      ],
    ],
  ],
  [
    "a page of HTML",
    at("/v1/completions", plain, (r) =>
      send(r, 200, "text/html", "<html>\n<b>Log in</b>\u001b[2J"),
    ),
    [
      [
        "completion: failed, 200 text/html <html> <b>Log in</b> [2J",
        `${COMPLETES}: something that is not the gateway answers at this address, such as a proxy; compare it with \`pulumi stack output gatewayUrls\``,
      ],
    ],
  ],
  [
    "half an answer",
    at("/v1/completions", plain, (r) => {
      r.writeHead(200, { "content-type": "application/json", "content-length": 99 });
      r.write('{"model":', () => r.destroy());
    }),
    [
      [
        'completion: failed, 200 application/json {"model": (the connection was closed too early)',
        `${COMPLETES}: a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${PODS}`,
      ],
    ],
  ],
  [
    "an answer that has all of its text and no end",
    at("/v1/completions", plain, (r) => {
      r.writeHead(200, { "content-type": "application/json", "content-length": 999 });
      r.write(chunk(MODEL, "x"), () => r.destroy());
    }),
    [
      [
        `completion: failed, 200 application/json ${chunk(MODEL, "x")} (the connection was closed too early)`,
        `${COMPLETES}: a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${PODS}`,
      ],
    ],
  ],
  [
    "a stream whose connection breaks after its last event",
    at("/v1/completions", streamed, (r) => {
      r.writeHead(200, { "content-type": "text/event-stream" });
      const data = [chunk(MODEL, "a"), chunk(MODEL, "b"), "[DONE]"];
      r.write(data.map((each) => `data: ${each}\n\n`).join(""), () => r.destroy());
    }),
    [
      [
        "stream: failed, 200, 2 events, [DONE] at the end (the connection was closed too early)",
        `${STREAMS}: a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${PODS}`,
      ],
    ],
  ],
  [
    "an unknown model whose error is JSON and does not name it",
    at(
      "/v1/completions",
      ({ body }) => body?.model === "verify-unknown-model",
      (r) => json(r, 404, { detail: "Not Found" }),
    ),
    [
      [
        'unknown model: failed, 404 application/json {"detail":"Not Found"}',
        'expected 404 with an error that names "verify-unknown-model": the route does not lead to the pool, or no model server has the model; kubectl describe httproute -n inference in the config cluster',
      ],
    ],
  ],
  [
    "no streaming",
    at("/v1/completions", streamed, (r) =>
      json(r, 200, { model: MODEL, choices: [{ text: "x" }] }),
    ),
    [
      [
        `stream: failed, 200 application/json {"model":"${MODEL}","choices":[{"text":"x"}]}`,
        `${STREAMS}: something between client and model server drops the request's field "stream"; ${PODS}`,
      ],
    ],
  ],
  [
    "half a stream",
    at("/v1/completions", streamed, (r) => {
      r.writeHead(200, { "content-type": "text/event-stream" });
      r.write(`data: ${chunk(MODEL, "a")}\n\ndata: {"mod`, () => r.destroy());
    }),
    [
      [
        "stream: failed, 200, 1 event, no [DONE] at the end (the connection was closed too early)",
        `${STREAMS}: a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${PODS}`,
      ],
    ],
  ],
  [
    "a stream without its end",
    at("/v1/completions", streamed, (r) => events(r, [chunk(MODEL, "a"), chunk(MODEL, "b")])),
    [
      [
        "stream: failed, 200, 2 events, no [DONE] at the end (the stream ended early)",
        `${STREAMS}: a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${PODS}`,
      ],
    ],
  ],
  [
    "a stream of one event",
    at("/v1/completions", streamed, (r) => events(r, [chunk(MODEL, "a b"), "[DONE]"])),
    [
      [
        "stream: failed, 200, 1 event, [DONE] at the end",
        `${STREAMS}: the model server generates nothing, or not step by step; ${PODS}`,
      ],
    ],
  ],
  [
    "a stream of another model",
    at("/v1/completions", streamed, (r) =>
      events(r, [chunk(MODEL, "a"), chunk("other", "b"), "[DONE]"]),
    ),
    [
      [
        'stream: failed, 200, an event by model "other"',
        `${STREAMS}: a cluster serves another model than the stack's outputs say; ${PODS}`,
      ],
    ],
  ],
  [
    "an adapter that is not loaded",
    at(
      "/v1/completions",
      ({ body }) => body?.model === ADAPTER,
      (r) => json(r, 404, { error: { message: "no" } }),
    ),
    [
      [
        `adapter ${ADAPTER}: failed, 404 application/json {"error":{"message":"no"}}`,
        `expected 200 with a text by model "${ADAPTER}": the route does not lead to the pool, or no model server has the model; kubectl describe httproute -n inference in the config cluster`,
      ],
    ],
  ],
  [
    "another model in the list",
    at("/v1/models", any, (r) => json(r, 200, { data: [{ id: "other" }, null] })),
    [
      [
        "models: failed, 200, other, undefined",
        `expected 200 with a list that has "${MODEL}": a cluster serves another model than the stack's outputs say; pulumi stack output clusters`,
      ],
    ],
  ],
  [
    "an unknown model that is answered",
    at(
      "/v1/completions",
      ({ body }) => body?.model === "verify-unknown-model",
      (r) => json(r, 200, { model: "verify-unknown-model", choices: [{ text: "x" }] }),
    ),
    [
      [
        'unknown model: failed, 200 application/json {"model":"verify-unknown-model","choices":[{"text":"x"}]}',
        `expected 404 with an error that names "verify-unknown-model": something replaces the name of the model; kubectl get inferencemodelrewrite -n inference in each cluster, and ${PODS}`,
      ],
    ],
  ],
  [
    "an unknown model whose error does not name it",
    at(
      "/v1/completions",
      ({ body }) => body?.model === "verify-unknown-model",
      (r) => send(r, 404, "text/plain", "fault filter abort"),
    ),
    [
      [
        "unknown model: failed, 404 text/plain fault filter abort",
        'expected 404 with an error that names "verify-unknown-model": the route does not lead to the pool, or no model server has the model; kubectl describe httproute -n inference in the config cluster',
      ],
    ],
  ],
  [
    "a malformed body that breaks the server",
    at(
      "/v1/completions",
      ({ body }) => body === undefined,
      (r) => send(r, 500, "text/plain", ""),
    ),
    [
      [
        "malformed body: failed, 500 text/plain an empty body",
        `expected 400 with an error: the load balancer does not reach the endpoint picker; ${PICKER}`,
      ],
    ],
  ],
  [
    "a picker that is passed by",
    at(
      "/v1/completions",
      ({ headers }) => "x-gateway-model-name-rewrite" in headers,
      (r) =>
        json(r, 404, { error: { message: "The model `verify-renamed-model` does not exist." } }),
    ),
    [
      [
        'endpoint picker: failed, 404 application/json {"error":{"message":"The model `verify-renamed-model` does not exist."}}',
        `expected 200, because the endpoint picker renames the model: the load balancer passes the endpoint picker by (failureMode FailOpen), or drops its headers; ${PICKER}`,
      ],
    ],
  ],
  [
    "an objective that is refused",
    at(
      "/v1/completions",
      ({ headers }) => headers["x-gateway-inference-objective"] === "food-review",
      (r) =>
        send(
          r,
          429,
          "text/plain",
          "inference error: ResourceExhausted - system saturated, sheddable request dropped",
        ),
    ),
    [
      [
        "objective food-review: failed, 429 text/plain inference error: ResourceExhausted - system saturated, sheddable request dropped",
        `${COMPLETES}: the endpoint picker refuses, because the pool is saturated; ${PODS}`,
      ],
    ],
  ],
  [
    "a limit that is not the picker's",
    at(
      "/v1/completions",
      ({ headers }) => headers["x-gateway-inference-objective"] === "batch",
      (r) => send(r, 429, "text/plain", "slow down"),
    ),
    [
      [
        "objective batch: failed, 429 text/plain slow down",
        `${COMPLETES}: the pool is saturated; ask again when it has less to do, or ${PODS}`,
      ],
    ],
  ],
])("%s fails at that address alone", async (_, fault, expected) => {
  east.fault = fault;
  const found = expected.map(([words, why]) => [`us-east4 ${words}`, why]);
  expect(wrong(await ask())).toEqual(found);
});

test.each<[number, string, string]>([
  [
    401,
    "who are you",
    "a proxy before the gateway, or a policy on it, refuses; unset http_proxy, or ask from a machine in the VPC",
  ],
  [
    403,
    "This is the proxy of a rehearsal",
    "a proxy before the gateway, or a policy on it, refuses; unset http_proxy, or ask from a machine in the VPC",
  ],
  [302, "", `it is not an answer of a model server; ${PODS}`],
  [500, "", `the load balancer does not reach the endpoint picker; ${PICKER}`],
  [
    500,
    "inference error: Internal - no pods available in datastore",
    `the endpoint picker refuses; ${PICKER}`,
  ],
  [502, "", `no model server is healthy for the load balancer; ${PODS}`],
  [503, "no healthy upstream", `no model server is healthy for the load balancer; ${PODS}`],
  [
    503,
    "inference error: ServiceUnavailable - failed to find endpoint candidates for serving the request",
    `the endpoint picker knows no model server that is ready; ${PODS}`,
  ],
  [
    504,
    "upstream request timeout",
    `no model server answered within the gateway's timeout; ${PODS}`,
  ],
])("status %s %j has a cause of its own", async (status, text, cause) => {
  west.fault = at("/v1/completions", plain, (r) => send(r, status, "text/plain", text));
  const words = `europe-west3 completion: failed, ${status} text/plain ${text || "an empty body"}`;
  expect(wrong(await ask())).toEqual([[words, `${COMPLETES}: ${cause}`]]);
});

test("an objective below zero may be shed by the picker", async () => {
  const shed = "inference error: ResourceExhausted - system saturated, sheddable request dropped";
  east.fault = at(
    "/v1/completions",
    ({ headers }) => headers["x-gateway-inference-objective"] === "batch",
    (r) => send(r, 429, "text/plain", shed),
  );
  const rows = await ask();
  expect(wrong(rows)).toEqual([]);
  expect(rows.map(line)).toContain(
    "us-east4 objective batch: ok, 429, shed by the endpoint picker: the pool is saturated",
  );
});

test("an answer that does not come in time, or not whole, fails and does not hold up the rest", async () => {
  west.fault = at("/v1/completions", plain, () => undefined);
  east.fault = at("/v1/completions", streamed, (r) => {
    r.writeHead(200, { "content-type": "text/event-stream" });
    r.write(`data: ${chunk(MODEL, "a")}\n\n`);
  });
  const words = wrong(await ask({}, 1)).map(([first]) => first);
  expect(words).toEqual([
    "europe-west3 completion: failed, no answer within 1 s",
    "us-east4 stream: failed, 200, 1 event, no [DONE] at the end (it did not end within 1 s)",
  ]);
});

test("in a roll-out, the cluster that serves another model is named", async () => {
  const clusters = {
    "gke-west": { context: "west", model: { id: MODEL, adapters: [] } },
    "gke-east": { context: "east", model: { id: "new/model", adapters: [{ name: ADAPTER }] } },
  };
  east.fault = at("/v1/completions", plain, (r) =>
    json(r, 200, { model: "new/model", choices: [{ text: "x" }] }),
  );
  const rows = await ask({ clusters });
  expect(wrong(rows)).toEqual([
    [
      `europe-west3 adapter ${ADAPTER}: skipped, not asked: gke-west does not have it, and may get the request`,
    ],
    [
      'us-east4 completion: failed, 200 by model "new/model"',
      `${COMPLETES}: a cluster serves another model than the stack's outputs say (gke-east: new/model); pulumi stack output model, and ${PODS}`,
    ],
    [
      `us-east4 adapter ${ADAPTER}: skipped, not asked: gke-west does not have it, and may get the request`,
    ],
  ]);
});

test("a stack without the output objectives is asked about everything else", async () => {
  expect(wrong(await ask({ objectives: undefined })).map(([first]) => first)).toEqual(
    ["europe-west3", "us-east4"].map(
      (region) =>
        `${region} objectives: skipped, not asked: the stack has no output objectives yet; \`pulumi up\` adds it`,
    ),
  );
});
