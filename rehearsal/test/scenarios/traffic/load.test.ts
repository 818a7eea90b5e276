import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { LoadGenerator } from "../../../scenarios/traffic/load";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "load-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const URL = "http://127.0.0.1:1/v1/completions";

const RESULTS = [
  {
    url: URL,
    timestamp: "2026-11-30T10:00:02.500Z",
    code: 0,
    latency: 2_000_000_000,
    error: "connection refused",
    headers: null,
  },
  {
    url: URL,
    timestamp: "2026-11-30T10:00:01Z",
    code: 200,
    latency: 750_000_000,
    error: "",
    headers: { "X-Inference-Pod": ["server-1"], "Content-Type": ["application/json"] },
  },
  {
    url: "",
    timestamp: "2026-11-30T10:00:03Z",
    code: 0,
    latency: 1000,
    error: "no targets to attack",
    headers: null,
  },
];

/** @param attack what it does in place of an attack */
function generator(attack = ":", signal = new AbortController().signal): LoadGenerator {
  const program = path.join(folder, "vegeta");
  const lines = RESULTS.map((result) => JSON.stringify(result)).join("\n");
  fs.writeFileSync(path.join(folder, "results"), `${lines}\n`);
  const script = [
    "#!/bin/sh",
    `echo "$*" >> ${folder}/log`,
    `if [ "$1" = attack ]; then ${attack}; exit; fi`,
    `for word; do case $word in --output=*) cp ${folder}/results "\${word#*=}";; esac; done`,
  ];
  fs.writeFileSync(program, script.join("\n"), { mode: 0o755 });
  return new LoadGenerator(program, path.join(folder, "files"), signal);
}

const LOAD = {
  url: "http://127.0.0.1:1",
  pace: { requestsPerSecond: 2, seconds: 1.5 },
  body: (number: number) => ({ prompt: `question ${number}` }),
};

test("each request has a body of its own, and the headers", async () => {
  await generator().send({ ...LOAD, headers: { "x-gateway-inference-objective": "batch" } });
  const lines = fs
    .readFileSync(path.join(folder, "files", "attack-1.targets"), "utf8")
    .trim()
    .split("\n");
  const targets = lines.map((line) => JSON.parse(line) as { body: string });
  expect(targets).toHaveLength(3);
  expect(targets[2]).toEqual({
    method: "POST",
    url: "http://127.0.0.1:1/v1/completions",
    body: Buffer.from('{"prompt":"question 2"}').toString("base64"),
    header: { "content-type": ["application/json"], "x-gateway-inference-objective": ["batch"] },
  });
});

test("rate, time and connections are bounded", async () => {
  await generator().send(LOAD);
  const log = fs.readFileSync(path.join(folder, "log"), "utf8");
  expect(log).toMatch(/^attack .*-timeout=120s -rate=2\/1s -duration=1.5s -max-workers=400$/m);
});

test("clients that wait for their answers send each request once", async () => {
  await generator().send({ ...LOAD, pace: { requests: 5, clients: 2 } });
  const log = fs.readFileSync(path.join(folder, "log"), "utf8");
  expect(log).toMatch(/^attack .*-lazy -rate=0 -max-workers=2$/m);
  const targets = fs.readFileSync(path.join(folder, "files", "attack-1.targets"), "utf8");
  expect(targets.match(/\n/g)).toHaveLength(5);
});

test("answers come in the order of their requests, each with its pod", async () => {
  expect(await generator().send(LOAD)).toEqual([
    {
      at: Date.parse("2026-11-30T10:00:01Z") / 1000,
      code: 200,
      seconds: 0.75,
      error: "",
      pod: "server-1",
    },
    {
      at: Date.parse("2026-11-30T10:00:02.5Z") / 1000,
      code: 0,
      seconds: 2,
      error: "connection refused",
    },
  ]);
});

test("load without an end is stopped as soon as it is enough, and its answers count", async () => {
  const enough = new AbortController();
  const wait = `trap 'exit 0' INT; touch ${folder}/begun; while :; do sleep 0.05; done`;
  const sending = generator(wait).send({
    ...LOAD,
    pace: { requestsPerSecond: 2, enough: enough.signal },
  });
  while (!fs.existsSync(path.join(folder, "begun"))) await new Promise(setImmediate);
  enough.abort();
  expect(await sending).toHaveLength(2);
});

test("an attack that fails is an error with what it said", async () => {
  const sending = generator("echo bad target >&2; exit 3").send(LOAD);
  await expect(sending).rejects.toThrow(/exit code 3[\s\S]*bad target/);
});

test("an interruption ends it", async () => {
  const interruption = new AbortController();
  const wait = `touch ${folder}/begun; while :; do sleep 0.05; done`;
  const sending = generator(wait, interruption.signal).send(LOAD);
  sending.catch(() => undefined);
  while (!fs.existsSync(path.join(folder, "begun"))) await new Promise(setImmediate);
  interruption.abort();
  await expect(sending).rejects.toThrow(/cancel/i);
});
