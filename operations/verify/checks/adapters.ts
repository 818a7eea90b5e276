import type { Gateway } from "../gateway";
import { post } from "../question";

import type { Check, SkippedCheck } from "./check";
import { completionText, judgeCompletion } from "./model";
import { PROMPT } from "./prompt";

/** Each adapter answers by its own name. */
export function adapters(gateway: Gateway): (Check | SkippedCheck)[] {
  const { servers } = gateway;
  const names = new Set(servers.flatMap((server) => server.adapters));
  return [...names].map((adapter) => {
    const what = {
      name: `adapter ${adapter}`,
      asks: `POST /v1/completions, model ${adapter}`,
    };
    const lacking = servers.filter((server) => !server.adapters.includes(adapter));
    // The gateway sends a request to any region.
    if (lacking.length > 0) {
      const clusters = lacking.map(({ name }) => name).join(", ");
      return { ...what, why: `not asked: ${clusters} does not have it, and may get the request` };
    }
    return {
      ...what,
      question: post("/v1/completions", { model: adapter, ...PROMPT }),
      judge: (outcome) =>
        judgeCompletion(outcome, { models: [adapter], textOf: completionText }, gateway),
    };
  });
}
