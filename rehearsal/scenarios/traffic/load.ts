import * as fs from "node:fs";
import * as path from "node:path";

import { execa, type ResultPromise } from "execa";

/** Requests for completions. */
export interface Load {
  /** Where the path begins: `http://127.0.0.1:8080`. */
  url: string;
  pace: Pace;
  /** JSON of the request that has this number. */
  body: (number: number) => object;
  headers?: Record<string, string>;
}

/** How fast requests follow each other. */
export type Pace = Steady | Crowd;

/** At a steady rate, whether earlier ones have been answered or not. */
export interface Steady {
  requestsPerSecond: number;
  /** Left out: until `enough` aborts, for LONGEST_SECONDS at most. */
  seconds?: number;
  /** Ends it early, unless it has its seconds. */
  enough?: AbortSignal;
}

/** So many requests of so many clients, each of which waits for its answer before it asks again. */
export interface Crowd {
  requests: number;
  clients: number;
}

/** One request, as the client saw it. */
export interface Answer {
  /** When it was sent, in seconds since 1970. */
  at: number;
  /** 0 if there was no answer. */
  code: number;
  /** Until the last byte. */
  seconds: number;
  /** What went wrong; empty if nothing did. */
  error: string;
  /** Name of the pod that says it has answered. */
  pod?: string;
}

/** Bounds what a gateway that answers nothing can hold up. */
const MOST_CONNECTIONS = 400;
const CLIENT_TIMEOUT = "120s";
const LONGEST_SECONDS = 600;

/** vegeta. At a steady rate it sends open-loop: a slow answer does not hold back the next request. */
export class LoadGenerator {
  private attacks = 0;

  /**
   * @param program file of vegeta
   * @param directory for its files
   * @param signal ends it
   */
  constructor(
    private readonly program: string,
    private readonly directory: string,
    private readonly signal: AbortSignal,
  ) {
    fs.mkdirSync(directory, { recursive: true });
  }

  /** @returns all answers, in the order of their requests */
  async send(load: Load): Promise<Answer[]> {
    const { pace } = load;
    const enough = "clients" in pace || pace.seconds !== undefined ? undefined : pace.enough;
    const file = path.join(this.directory, `attack-${++this.attacks}`);
    fs.writeFileSync(`${file}.targets`, targets(load));
    const attack = this.run(
      "attack",
      "-format=json",
      `-targets=${file}.targets`,
      `-output=${file}.bin`,
      `-timeout=${CLIENT_TIMEOUT}`,
      ...flagsOf(pace),
    );
    // It sends no more, and waits for what it has sent.
    const stop = () => attack.kill("SIGINT");
    enough?.addEventListener("abort", stop);
    await attack.finally(() => enough?.removeEventListener("abort", stop));
    await this.run("encode", "--to=json", `--output=${file}.json`, `${file}.bin`);
    const lines = fs.readFileSync(`${file}.json`, "utf8").split("\n").filter(Boolean);
    const results = lines.map((line) => JSON.parse(line) as Result);
    // Clients that find no target any more say so in a result, too.
    return results
      .filter((result) => result.url !== "")
      .map(answerOf)
      .sort((a, b) => a.at - b.at);
  }

  private run(...args: string[]): ResultPromise {
    return execa(this.program, args, { cancelSignal: this.signal, stdin: "ignore" });
  }
}

function flagsOf(pace: Pace): string[] {
  // Read one by one, its targets come to an end.
  if ("clients" in pace) return ["-lazy", "-rate=0", `-max-workers=${pace.clients}`];
  const { requestsPerSecond, seconds = LONGEST_SECONDS } = pace;
  return [
    `-rate=${requestsPerSecond}/1s`,
    `-duration=${seconds}s`,
    `-max-workers=${MOST_CONNECTIONS}`,
  ];
}

function countOf(pace: Pace): number {
  if ("clients" in pace) return pace.requests;
  const { requestsPerSecond, seconds = LONGEST_SECONDS } = pace;
  return Math.ceil(requestsPerSecond * seconds);
}

/** One line of JSON for each request; vegeta takes them in turn. */
function targets({ url, pace, body, headers = {} }: Load): string {
  const header = Object.fromEntries(
    Object.entries({ "content-type": "application/json", ...headers }).map(([name, value]) => [
      name,
      [value],
    ]),
  );
  const lines = Array.from({ length: countOf(pace) }, (_, number) => {
    const content = Buffer.from(JSON.stringify(body(number))).toString("base64");
    const target = { method: "POST", url: `${url}/v1/completions`, body: content, header };
    return `${JSON.stringify(target)}\n`;
  });
  return lines.join("");
}

interface Result {
  url: string;
  timestamp: string;
  code: number;
  /** Nanoseconds. */
  latency: number;
  error: string;
  headers: Record<string, string[]> | null;
}

function answerOf({ timestamp, code, latency, error, headers }: Result): Answer {
  const pod = headers?.["X-Inference-Pod"]?.[0];
  return {
    at: Date.parse(timestamp) / 1000,
    code,
    seconds: latency / 1e9,
    error,
    ...(pod !== undefined && { pod }),
  };
}
