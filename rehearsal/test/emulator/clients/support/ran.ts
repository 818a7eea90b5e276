import type { JsonObject } from "../../../../emulator/cloud/json";
import { TestCloud } from "../../cloud/support/testCloud";
import { LIMIT_MS, runClient } from "./run";

export interface Prepared {
  /** Short names of the APIs that are on. */
  apis: string[];
  /** Makes what the client finds there. */
  prepare?(cloud: TestCloud): Promise<void>;
  /** Of the operations that the client waits for: long enough that some are under way when it asks. */
  timeScale?: number;
}

/**
 * Runs a client once, in a cloud of its own, before the tests of a file.
 * @returns what it has printed
 */
export function ran(
  name: string,
  { apis, prepare, timeScale = 0.002 }: Prepared,
): () => JsonObject {
  let cloud: TestCloud | undefined;
  let printed: JsonObject = {};
  beforeAll(async () => {
    cloud = await TestCloud.start(apis);
    await prepare?.(cloud);
    await cloud.call("PATCH", "/admin/knobs", { timeScale });
    printed = await runClient(name, cloud);
    // Longer than the client has, which is ended by then.
  }, 2 * LIMIT_MS);
  afterAll(() => cloud?.stop());
  return () => printed;
}

/** A time as Google's APIs tell it. */
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown;

/** What a write with an old etag is answered by most services. @param code as the library has it */
export function policyConflict(code: number): unknown {
  return {
    code,
    message: expect.stringMatching(/^There were concurrent policy changes\. Please retry /),
  };
}
