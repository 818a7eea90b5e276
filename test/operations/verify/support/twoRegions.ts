import type { ServerResponse } from "node:http";

import { gatewayOf } from "../../../../operations/verify/gateway";
import type { Row } from "../../../../operations/verify/report";
import { verify } from "../../../../operations/verify/verify";
import { ADAPTER, FakeGateway, type Fault, MODEL, outputsFor, type Received } from "../fakeGateway";

/** A stack in two regions, whose gateways answer questions in this process. */
class TwoRegions {
  constructor(
    readonly west: FakeGateway,
    readonly east: FakeGateway,
  ) {}

  /** Verifies the stack. @param rest other outputs @param seconds that an answer has */
  ask(rest: object = {}, seconds = 20): Promise<Row[]> {
    const urls = { "europe-west3": this.west.url, "us-east4": this.east.url };
    return verify(gatewayOf(outputsFor(urls, rest), "stack dev"), seconds);
  }

  /** Verifies the stack while one region has a fault. @param fault of us-east4's gateway */
  async wrongWith(fault: Fault) {
    this.east.fault = fault;
    return wrong(await this.ask());
  }

  /** Makes both gateways work, and forget what they were asked. */
  reset(): void {
    for (const gateway of [this.west, this.east]) {
      gateway.fault = () => false;
      gateway.received.length = 0;
    }
  }
}

/**
 * Starts the two gateways before the tests of a file, and lets both work before each.
 * @returns the regions, when it is called in a test
 */
export function twoRegions(): () => TwoRegions {
  let regions: TwoRegions;
  beforeAll(async () => {
    regions = new TwoRegions(...(await Promise.all([FakeGateway.start(), FakeGateway.start()])));
  });
  afterAll(() => Promise.all([regions.west.stop(), regions.east.stop()]));
  beforeEach(() => regions.reset());
  return () => regions;
}

export const line = ({ at, check, status, came }: Row) => `${at} ${check}: ${status}, ${came}`;
/** What is not ok, with the reason of a failure. */
export const wrong = (rows: Row[]) =>
  rows
    .filter(({ status }) => status !== "ok")
    .map((row) => [line(row), ...(row.status === "failed" ? [row.why] : [])]);

/** A gateway's fault and what a verification says of it: what came, without the region before it, and why that fails. */
export type Case = [name: string, fault: Fault, words: string, why: string];

/** A fault of one question, by its path and a part of its body. */
export const at =
  (path: string, has: (request: Received) => boolean, fault: (r: ServerResponse) => void): Fault =>
  (request, response) => {
    if (request.path !== path || !has(request)) return false;
    fault(response);
    return true;
  };
/** Whether a request asks the stack's model for a whole answer, with no objective. */
export const plain = ({ body, headers }: Received) =>
  body?.model === MODEL && !body.stream && !("x-gateway-inference-objective" in headers);
export const streamed = ({ body }: Received) => body?.stream === true;
export const any = () => true;

/** What every address is asked, in this order. */
export const CHECKS = [
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

/** Commands that show more of a cause. */
export const PODS = "kubectl get pods -n inference -l app=vllm --context west, and in east";
export const PICKER = "kubectl get deployment vllm-epp -n inference --context west, and in east";

/** What a completion must be. */
export const COMPLETES = `expected 200 with a text by model "${MODEL}"`;
/** The cause where an answer has a beginning and no end. */
export const CUT = `a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${PODS}`;
