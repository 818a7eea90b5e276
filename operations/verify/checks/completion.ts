import type { Gateway } from "../gateway";
import { post } from "../question";

import type { Check } from "./check";
import { chatText, completionText, judgeCompletion } from "./model";
import { CHAT, PROMPT } from "./prompt";

/** The model continues a prompt. */
export function completion(gateway: Gateway): Check {
  const { model } = gateway;
  return {
    name: "completion",
    asks: `POST /v1/completions, model ${model}`,
    question: post("/v1/completions", { model, ...PROMPT }),
    judge: (outcome) =>
      judgeCompletion(outcome, { models: [model], textOf: completionText }, gateway),
  };
}

/** The model answers in a chat. */
export function chat(gateway: Gateway): Check {
  const { model } = gateway;
  return {
    name: "chat",
    asks: `POST /v1/chat/completions, model ${model}`,
    question: post("/v1/chat/completions", { model, ...CHAT }),
    judge: (outcome) => judgeCompletion(outcome, { models: [model], textOf: chatText }, gateway),
  };
}
