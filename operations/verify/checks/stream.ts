import { causeOf, podsCommand } from "../cause";
import type { Gateway } from "../gateway";
import { type Answer, isAnswer, jsonOf, post, wordsOf } from "../question";
import { eventsOf } from "../serverSentEvents";
import { failed, ok, type Verdict } from "../verdict";

import type { Check } from "./check";
import { completionText } from "./model";
import { PROMPT } from "./prompt";

/** The last event of a stream. */
const DONE = "[DONE]";

/** The answer comes in events, while it is generated, and ends as it should. */
export function stream(gateway: Gateway): Check {
  const { model } = gateway;
  const expects = `200 with two or more events by ${JSON.stringify(model)}, and ${DONE} at the end`;
  return {
    name: "stream",
    asks: `POST /v1/completions, model ${model}, stream`,
    question: post("/v1/completions", { model, stream: true, ...PROMPT }),
    judge: (outcome) =>
      isAnswer(outcome) && outcome.status === 200 && outcome.type === "text/event-stream"
        ? judgeEvents(outcome, expects, gateway)
        : failed(wordsOf(outcome), expects, causeOfWhole(outcome, gateway)),
  };
}

/** A completion in one piece is a cause of its own. */
function causeOfWhole(outcome: Parameters<typeof causeOf>[0], gateway: Gateway): string {
  const isCompletion = isAnswer(outcome) && outcome.status === 200 && jsonOf(outcome)?.choices;
  return isCompletion
    ? `something between client and model server drops the request's field "stream"; ${podsCommand(gateway)}`
    : causeOf(outcome, gateway);
}

function judgeEvents(answer: Answer, expects: string, gateway: Gateway): Verdict {
  const { model } = gateway;
  const events = eventsOf(answer.text);
  const done = events.at(-1) === DONE;
  const chunks = events.filter((data) => data !== DONE).map((text) => jsonOf({ text }));
  const count = chunks.length === 1 ? "1 event" : `${chunks.length} events`;
  const came = `200, ${count}, ${done ? "" : "no "}${DONE} at the end`;
  if (answer.cut !== undefined || !done) {
    const cut = answer.cut ?? "the stream ended early";
    return failed(`${came} (${cut})`, expects, causeOf({ ...answer, cut }, gateway));
  }
  const others = chunks.filter((chunk) => chunk?.model !== model).map((chunk) => chunk?.model);
  if (others.length > 0) {
    const cause = `a cluster serves another model than the stack's outputs say; ${podsCommand(gateway)}`;
    return failed(`200, an event by model ${String(JSON.stringify(others[0]))}`, expects, cause);
  }
  const text = chunks.map((chunk) => completionText(chunk ?? {}) ?? "").join("");
  if (chunks.length < 2 || text === "") {
    const cause = `the model server generates nothing, or not step by step; ${podsCommand(gateway)}`;
    return failed(text === "" ? `${came}, without a text` : came, expects, cause);
  }
  return ok(`200, ${count} by ${model}, ${text.length} characters`);
}
