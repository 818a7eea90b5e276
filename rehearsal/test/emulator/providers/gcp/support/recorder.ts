import { Dispatcher } from "undici";

import { StandIn } from "./standIn";
import { TestCloud } from "../../../cloud/support/testCloud";

/** What was sent: `GET https://...` with the whole query, and the body where there is one. */
export type Sent = [call: string, body?: unknown];

/** How often an operation is asked for is its API's matter and the clock's, so that this is stated elsewhere. */
const POLL = /^GET [^?]*\/operations\//;
/** Changes of records are asked for once at least; their numbers are the cloud's. */
const CHANGE = /^(GET [^?]*\/changes\/)\d+/;

/** Writes down every request on its way to the emulated cloud. */
class Recorder extends Dispatcher {
  readonly sent: Sent[] = [];

  constructor(private readonly way: Dispatcher) {
    super();
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const { method, origin, path, body } = options;
    const call = `${method} ${String(origin)}${path}`.replace(CHANGE, "$1N");
    const again = call.includes("/changes/N") && this.sent.at(-1)?.[0] === call;
    if (!POLL.test(call) && !again) {
      this.sent.push(typeof body === "string" ? [call, JSON.parse(body)] : [call]);
    }
    return this.way.dispatch(options, handler);
  }
}

/** The stand-in before an emulated cloud, with somebody who writes down what it sends. */
export class RecordedStandIn extends StandIn {
  private constructor(
    cloud: TestCloud,
    private readonly recorder: Recorder,
  ) {
    super(cloud, {}, recorder);
  }

  static async before(cloud: TestCloud): Promise<RecordedStandIn> {
    const standIn = new RecordedStandIn(cloud, new Recorder(cloud.way));
    await standIn.configure();
    return standIn;
  }

  /** What was sent since it was asked last. */
  taken(): Sent[] {
    return this.recorder.sent.splice(0);
  }
}
