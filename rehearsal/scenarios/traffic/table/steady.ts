import { TOKENS, WEST } from "../site";

/** What both regions together bear with ease, and one of them alone, too. */
export const STEADY = { from: WEST, requestsPerSecond: 8, tokens: TOKENS / 2 };
