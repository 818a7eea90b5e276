import type { Cloud } from "./cloud";
import type { Context } from "./resource";
import { messageOf } from "../../../../toolchain/errors";

interface Asked<I, O> {
  context: Context;
  item: I;
  /** In messages: `List Project Services p`. */
  what: string;
  done(answer: O): void;
  failed(error: unknown): void;
}

interface Line<I, O> {
  waiting: Asked<I, O>[];
  isMoving: boolean;
}

/**
 * Requests with the same key that become one call. The official provider waits 3 s for others to come; here what comes
 * while a call is under way goes with the next. Source: transport/batcher.go of terraform-provider-google-beta,
 * 93c65b2d60.
 */
export class Batcher<I, O> {
  private readonly lines = new WeakMap<Cloud, Map<string, Line<I, O>>>();

  constructor(private readonly send: (context: Context, key: string, items: I[]) => Promise<O>) {}

  /** @returns the answer to all that went together @throws Error in the official provider's words */
  async ask(context: Context, key: string, item: I, what: string): Promise<O> {
    return new Promise((done, failed) => {
      const line = this.lineOf(context.cloud, key);
      line.waiting.push({ context, item, what, done, failed });
      if (line.isMoving) return;
      line.isMoving = true;
      setImmediate(() => void this.move(key, line));
    });
  }

  private lineOf(cloud: Cloud, key: string): Line<I, O> {
    const lines = this.lines.get(cloud) ?? new Map<string, Line<I, O>>();
    const line = lines.get(key) ?? { waiting: [], isMoving: false };
    this.lines.set(cloud, lines.set(key, line));
    return line;
  }

  private async move(key: string, line: Line<I, O>): Promise<void> {
    while (line.waiting.length > 0) await this.together(key, line.waiting.splice(0));
    line.isMoving = false;
  }

  /** Where a call for several fails, each is tried alone. */
  private async together(key: string, all: Asked<I, O>[]): Promise<void> {
    const [first] = all;
    if (!first) return;
    try {
      const answer = await this.send(
        first.context,
        key,
        all.map(({ item }) => item),
      );
      for (const { done } of all) done(answer);
    } catch (error) {
      if (all.length === 1) return first.failed(returned(first.what, "", error));
      for (const { context, item, what, done, failed } of all) {
        const both = `Batch request and retried single request "${what}" both failed. Final error: `;
        await this.send(context, key, [item]).then(done, (alone: unknown) => {
          failed(returned(what, both, alone));
        });
      }
    }
  }
}

function returned(what: string, how: string, error: unknown): Error {
  const why = messageOf(error);
  return new Error(`Request \`${what}\` returned error: ${how}${why}`, { cause: error });
}
