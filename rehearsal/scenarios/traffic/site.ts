import { setTimeout as sleep } from "node:timers/promises";

import type { Traffic } from "../../emulator/loadBalancer/traffic";
import type { Sandbox } from "../../stage/sandbox";
import { overlayStackFile, writeStackFile } from "../../stage/program";
import { until } from "../../toolchain/until";

import { Hands } from "./hands";
import type { LoadGenerator, Pace } from "./load";
import type { Mark } from "./record";
import { Seen, type Served } from "./seen";
import { isIdle, serves } from "./settled";
import { membersOf, type Sample, TrafficWatch } from "./watch";

/** A region of the stack, and its cluster. */
export interface Place {
  region: string;
  cluster: string;
}

export const WEST: Place = { region: "europe-west3", cluster: "gke-west" };
export const EAST: Place = { region: "us-east4", cluster: "gke-east" };
export const PLACES: readonly Place[] = [WEST, EAST];

/** Requests of one kind, from the clients of one region. A steady one without seconds lasts as long as what is done meanwhile. */
export type Stream = Asking & Pace;

interface Asking {
  /** For figures. @default the region */
  name?: string;
  from: Place;
  /** Ask a pod of the region, not the gateway. */
  direct?: boolean;
  /** Length of an answer. @default TOKENS */
  tokens?: number;
  /** Name of an InferenceObjective. */
  objective?: string;
}

/** What a scenario marks, while its load runs. */
export interface During {
  /** Notes that something happens now. */
  mark(text: string): void;
  /** Waits until so many seconds have gone by since the load began. */
  second(second: number): Promise<void>;
}

const POD_HEADER = "x-inference-pod";
const OBJECTIVE_HEADER = "x-gateway-inference-objective";

type Settings = Readonly<Record<string, unknown>>;

const STACK = "dev";
/** One that goes first, and one that may be shed. */
const OBJECTIVES = {
  objectives: [
    { name: "food-review", priority: 10 },
    { name: "batch", priority: -1 },
  ],
};
/** Words of a prompt, a token each: ten blocks of 16 tokens of the KV cache. */
const PROMPT_WORDS = 160;
/** At 100 ms for the first token and 20 ms for each other one, an answer takes a second. */
export const TOKENS = 46;
const PATIENCE_SECONDS = 120;

/** The running stack, as clients and people see it. */
export class Site {
  readonly hands: Hands;
  private model = "";
  private deployed: Settings = {};
  private prompts = 0;

  constructor(
    readonly sandbox: Sandbox,
    private readonly load: LoadGenerator,
  ) {
    this.hands = new Hands(sandbox);
  }

  /** Creates the stack. */
  async open(...flags: string[]): Promise<void> {
    this.configure({});
    await this.sandbox.up(...flags);
    this.model = String((await this.sandbox.engine.outputs()).model);
    await this.untilHealthy();
  }

  /**
   * Sends streams at the same time, and waits for all answers.
   * @param during what is done meanwhile
   */
  async under(
    streams: readonly Stream[],
    during: (during: During) => Promise<void> = () => Promise.resolve(),
  ): Promise<Seen> {
    const urls = await this.urls();
    const marks: Mark[] = [];
    const watch = new TrafficWatch(this.sandbox.cloud);
    const begun = Date.now() / 1000;
    const since = () => Date.now() / 1000 - begun;
    const enough = new AbortController();
    const meanwhile = during({
      mark: (text) => marks.push({ second: since(), text }),
      second: async (second) => sleep(Math.max(0, (second - since()) * 1000)),
    }).finally(() => enough.abort());
    const [answers] = await Promise.all([
      Promise.all(streams.map((stream) => this.send(stream, urls, enough.signal))),
      meanwhile,
    ]);
    const samples = await watch.stop();
    return new Seen(begun, withRegions(answers.flat(), samples), samples, marks);
  }

  /** One request to the gateway, at the address of a region. */
  async ask({ region }: Place, { tokens }: Pick<Asking, "tokens"> = {}): Promise<Response> {
    const url = (await this.urls()).gateway.get(region);
    const response = await fetch(`${url}/v1/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(this.body(tokens)),
    });
    await response.arrayBuffer();
    return response;
  }

  /** Deploys the stack file's configuration with these settings in place of its own, unless that is what runs. */
  async deploy(settings: Settings): Promise<void> {
    if (JSON.stringify(settings) === JSON.stringify(this.deployed)) return;
    this.configure(settings);
    await this.sandbox.up();
  }

  /** Writes these settings over those of the stack file, and deploys nothing. */
  configure(settings: Settings): void {
    this.deployed = settings;
    const { directories } = this.sandbox;
    writeStackFile(directories, STACK);
    overlayStackFile(directories, STACK, { ...OBJECTIVES, ...settings });
  }

  /**
   * Waits until every region serves, by all that runs in its cluster, and nothing of earlier load is left; then until each
   * answers its own clients: the proxy acts a moment after the load balancer has decided.
   */
  async untilHealthy(): Promise<void> {
    await this.until("healthy, idle model servers and a picker in each region", async (traffic) => {
      const running = await Promise.all(PLACES.map(({ cluster }) => this.hands.running(cluster)));
      return PLACES.every(({ region }, i) =>
        membersOf(traffic).some(
          (member) => member.region === region && serves(member, running[i]) && isIdle(member),
        ),
      );
    });
    for (const place of PLACES) {
      await this.until(`${place.region} answers its own clients`, async (traffic) => {
        const { status, headers } = await this.ask(place, { tokens: 1 });
        const pod = headers.get(POD_HEADER) ?? "";
        return status === 200 && regionsOfPods([traffic]).get(pod) === place.region;
      });
    }
  }

  async until(
    what: string,
    holds: (traffic: Traffic) => boolean | Promise<boolean>,
  ): Promise<void> {
    await until(what, PATIENCE_SECONDS, async () => holds(await this.sandbox.cloud.traffic()));
  }

  /** Where the clients of each region ask, and the pods that answer. */
  async urls(): Promise<Urls> {
    const traffic = await this.sandbox.cloud.traffic();
    const listeners = traffic.gateways.flatMap((gateway) => gateway.listeners);
    const pods = membersOf(traffic).flatMap(({ region, endpoints }) =>
      endpoints.map(({ address }) => [region, `http://${address}`] as const),
    );
    return {
      gateway: new Map(listeners.map(({ region, url }) => [region, url])),
      pod: new Map(pods),
    };
  }

  /** A request that no other one shares blocks of the KV cache with. */
  body(tokens = TOKENS): object {
    const prompt = [`request-${++this.prompts}`, ...Array<string>(PROMPT_WORDS - 1).fill("why")];
    return { model: this.model, prompt: prompt.join(" "), max_tokens: tokens, ignore_eos: true };
  }

  private async send(stream: Stream, urls: Urls, enough: AbortSignal): Promise<Served[]> {
    const { from, direct = false, tokens, objective, name = from.region, ...pace } = stream;
    const url = urls[direct ? "pod" : "gateway"].get(from.region);
    if (url === undefined) throw new Error(`nothing answers in ${from.region}`);
    const answers = await this.load.send({
      url,
      pace: "clients" in pace ? pace : { enough, ...pace },
      body: () => this.body(tokens),
      ...(objective !== undefined && { headers: { [OBJECTIVE_HEADER]: objective } }),
    });
    return answers.map((answer) => ({ ...answer, from: from.region, stream: name }));
  }
}

/** Addresses, each by its region. */
interface Urls {
  gateway: Map<string, string>;
  pod: Map<string, string>;
}

/** Which region a pod belonged to is known from what the load balancer saw. */
function withRegions(answers: Served[], samples: readonly Sample[]): Served[] {
  const regions = regionsOfPods(samples.map(({ traffic }) => traffic));
  return answers.map((answer) => {
    const region = answer.pod === undefined ? undefined : regions.get(answer.pod);
    return region === undefined ? answer : { ...answer, region };
  });
}

/** The region of each pod, under its name as answers have it. */
function regionsOfPods(seen: readonly Traffic[]): Map<string, string> {
  return new Map(
    seen
      .flatMap(membersOf)
      .flatMap(({ region, endpoints }) =>
        endpoints.map(({ pod }) => [pod.split("/").at(-1) ?? "", region] as const),
      ),
  );
}
