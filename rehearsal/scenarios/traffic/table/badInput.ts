import { BadClient } from "../badClients";
import type { Findings } from "../findings";
import type { Scenario } from "../scenario";
import { type Site, WEST } from "../site";
import { type Vitals, vitalsOf } from "../vitals";

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
    title: "Wrong requests, slow clients and clients that hang up disturb no other client",
    run: async (site, findings) => {
      const before = vitalsOf(site.sandbox.cloud.pid);
      const url = (await site.urls()).gateway.get(WEST.region) ?? "";
      const seen = await site.under([{ from: WEST, requestsPerSecond: 4 }], async (during) => {
        during.mark("wrong requests");
        for (const { what, path = "/v1/completions", init, status } of WRONG) {
          const response = await fetch(url + path, init);
          await response.arrayBuffer();
          findings.equal(what, response.status, status);
        }
        const prompt = "why ".repeat(OVERSIZE / 4);
        const response = await fetch(
          `${url}/v1/completions`,
          post(JSON.stringify({ ...site.body(), prompt })),
        );
        await response.arrayBuffer();
        findings.equal(`a prompt of ${OVERSIZE / 2 ** 20} MiB`, response.status, 400);

        during.mark("slow clients");
        const slow = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => stall(url)));
        await during.second(6);
        slow.forEach((client) => client.hangUp());

        during.mark("hang-ups in a stream");
        const answers = await Promise.all(
          Array.from({ length: HANG_UPS }, () => hangUp(url, site)),
        );
        const streamed = answers.filter((answer) => answer.startsWith("HTTP/1.1 200"));
        findings.equal("streams that were cut", streamed.length, HANG_UPS);
      });
      findings.equal("failed requests of others", seen.failed.length, 0);
      // Nothing waits any more: neither for a body, nor for a client that has gone.
      await site.untilHealthy();
      sameProcesses(before, vitalsOf(site.sandbox.cloud.pid), findings);
      return seen;
    },
  },
];

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

function sameProcesses(before: Vitals[], after: Vitals[], findings: Findings): void {
  const pids = (vitals: Vitals[]) => vitals.map(({ program, pid }) => `${program} ${pid}`).sort();
  const lost = pids(before).filter((process) => !pids(after).includes(process));
  findings.equal("processes that were lost", lost.length, 0);
  findings.equal("processes more", after.length - before.length, 0);
}
