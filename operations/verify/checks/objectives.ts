import { PICKERS_ERROR } from "../cause";
import type { Gateway } from "../gateway";
import { isAnswer, type Outcome, post, wordsOf } from "../question";
import { ok, type Verdict } from "../verdict";

import type { Check, SkippedCheck } from "./check";
import { completionText, judgeCompletion } from "./model";
import { PROMPT } from "./prompt";

const HEADER = "x-gateway-inference-objective";

/**
 * Requests of each objective are served. The picker takes an unknown name for priority 0 (GIE v1.5.0,
 * pkg/epp/requestcontrol/director.go), and priorities differ only while the pool is saturated: a client sees that an
 * objective is not refused, or, below zero, that it is shed. Whether its priority counts, only the picker's metrics show.
 */
export function objectives(gateway: Gateway): (Check | SkippedCheck)[] {
  const { model } = gateway;
  if (gateway.objectives === undefined) {
    const why = "not asked: the stack has no output objectives yet; `pulumi up` adds it";
    return [{ name: "objectives", asks: `POST /v1/completions, ${HEADER}`, why }];
  }
  return Object.entries(gateway.objectives).map(([objective, priority]) => ({
    name: `objective ${objective}`,
    asks: `POST /v1/completions, ${HEADER}: ${objective}`,
    question: post("/v1/completions", { model, ...PROMPT }, { [HEADER]: objective }),
    judge: (outcome): Verdict =>
      priority < 0 && isShed(outcome)
        ? ok("429, shed by the endpoint picker: the pool is saturated")
        : judgeCompletion(outcome, { models: [model], textOf: completionText }, gateway),
  }));
}

/** In the picker's own words: another 429 is a limit of something else. */
function isShed(outcome: Outcome): boolean {
  return isAnswer(outcome) && outcome.status === 429 && wordsOf(outcome).includes(PICKERS_ERROR);
}
