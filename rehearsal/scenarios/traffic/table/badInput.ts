import { BadClient } from "../badClients";
import { Findings } from "../findings";
import type { Scenario } from "../scenario";
import { PLACES, type Site, type Stream, WEST } from "../site";
import { type Vitals, vitalsOf } from "../vitals";

const REQUESTS = 10_000;
/** Requests that are under way at a time: so the number of connections does not depend on the machine. */
const CLIENTS = 40;
/** Buffers and pools fill first. */
const WARM_UP = 1_000;
/** What a garbage collector may not have given back yet. */
const MEMORY_MIB = 40;
/** Connections come and go. */
const FILES = 2 * CLIENTS;

const SLOW_CLIENTS = 20;
const HANG_UPS = 20;
/** Longer than the model's context, by far. */
const OVERSIZE = 2 ** 21;

/** A request that is wrong, and the status that answers it. */
interface Wrong {
  what: string;
  path?: string;
  init: RequestInit;
  status: number;
}

const JSON_TYPE = { "content-type": "application/json" };

const WRONG: readonly Wrong[] = [
  { what: "malformed JSON", init: post('{"model": '), status: 400 },
  { what: "no body", init: { method: "POST", headers: JSON_TYPE }, status: 400 },
  { what: "no model", init: post('{"prompt": "why"}'), status: 400 },
  {
    what: "an unknown model",
    init: post('{"model": "no-such-model", "prompt": "why"}'),
    status: 404,
  },
  { what: "a wrong method", init: { method: "DELETE" }, status: 405 },
  { what: "an unknown path", path: "/no/such/path", init: { method: "GET" }, status: 404 },
];

export const badInput: readonly Scenario[] = [
  {
    name: "badRequests",
    title: `Wrong requests and broken clients harm no other of ${REQUESTS} requests, and nothing leaks`,
    run: async (site, findings) => {
      const url = (await site.urls()).gateway.get(WEST.region) ?? "";
      await site.under(crowds(WARM_UP));
      await badClients(url, site, new Findings());
      await site.untilHealthy();
      const before = vitalsOf(site.sandbox.cloud.pid);
      const seen = await site.under(crowds(REQUESTS), async (during) => {
        during.mark("wrong requests and broken clients");
        await badClients(url, site, findings);
      });
      // Nothing waits any more: neither for a body, nor for a client that has gone.
      await site.untilHealthy();
      findings.equal("requests of others", seen.answers.length, REQUESTS);
      findings.equal("failed requests of others", seen.failed.length, 0);
      compare(before, vitalsOf(site.sandbox.cloud.pid), findings);
      return seen;
    },
  },
];

/** So many requests in all, as fast as they are answered. */
function crowds(requests: number): Stream[] {
  const [own, clients] = [requests / PLACES.length, CLIENTS / PLACES.length];
  return PLACES.map((from) => ({ from, tokens: 1, requests: own, clients }));
}

async function badClients(url: string, site: Site, findings: Findings): Promise<void> {
  for (const { what, path = "/v1/completions", init, status } of WRONG) {
    const response = await fetch(url + path, init);
    await response.arrayBuffer();
    findings.equal(what, response.status, status);
  }
  const prompt = "why ".repeat(OVERSIZE / 4);
  const long = post(JSON.stringify({ ...site.body(), prompt }));
  const response = await fetch(`${url}/v1/completions`, long);
  await response.arrayBuffer();
  findings.equal(`a prompt of ${OVERSIZE / 2 ** 20} MiB`, response.status, 400);

  const slow = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => stall(url)));
  const heard = await Promise.all(Array.from({ length: HANG_UPS }, () => hangUp(url, site)));
  const streamed = heard.filter((answer) => answer.startsWith("HTTP/1.1 200"));
  findings.equal("streams that their clients cut", streamed.length, HANG_UPS);
  slow.forEach((client) => client.hangUp());
}

function post(body: string): RequestInit {
  return { method: "POST", headers: JSON_TYPE, body };
}

/** Promises a body, and sends only its beginning. */
async function stall(url: string): Promise<BadClient> {
  const client = await BadClient.to(url);
  client.head(1000);
  client.body('{"model": ');
  return client;
}

/** Asks for a long stream, and goes away when it has begun. @returns what it got */
async function hangUp(url: string, site: Site): Promise<string> {
  const client = await BadClient.to(url);
  const body = JSON.stringify({ ...site.body(500), stream: true });
  client.head(Buffer.byteLength(body));
  client.body(body);
  const heard = await client.hear();
  client.hangUp();
  return heard;
}

/** Processes are the same ones, and hold no more than before. */
function compare(before: Vitals[], after: Vitals[], findings: Findings): void {
  const lost = before.filter(({ pid }) => !after.some((process) => process.pid === pid));
  findings.equal("processes that were lost", lost.length, 0);
  findings.equal("processes more", after.length - before.length, 0);
  for (const { pid, program, files, memoryMib } of after) {
    const then = before.find((process) => process.pid === pid);
    findings.atMost(`${program} ${pid}: open files more`, files - (then?.files ?? 0), FILES);
    const memory = memoryMib - (then?.memoryMib ?? 0);
    findings.atMost(`${program} ${pid}: memory more`, memory, MEMORY_MIB, "MiB");
  }
}
