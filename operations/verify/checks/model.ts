import { causeOf, podsCommand } from "../cause";
import type { Gateway } from "../gateway";
import { type Answer, isAnswer, jsonOf, type Outcome, wordsOf } from "../question";
import { failed, ok, type Verdict } from "../verdict";

/** What a completion must have. */
export interface Expected {
  /** Names of which one must be the answer's `model`. */
  models: readonly string[];
  /** The answer's own text. */
  textOf(body: Record<string, unknown>): unknown;
}

/** An answer by a model: 200, whole, by its name, with a text. */
export function judgeCompletion(outcome: Outcome, expected: Expected, gateway: Gateway): Verdict {
  const { models, textOf } = expected;
  const names = models.map((name) => JSON.stringify(name)).join(" or ");
  const came = wordsOf(outcome);
  const expects = `200 with a text by model ${names}`;
  if (!isWhole(outcome, 200)) return failed(came, expects, causeOf(outcome, gateway));
  const body = jsonOf(outcome);
  if (body === undefined) return failed(came, expects, causeOf(outcome, gateway));
  if (!models.includes(String(body.model))) {
    return failed(
      `200 by model ${JSON.stringify(body.model)}`,
      expects,
      `a cluster serves another model than the stack's outputs say${othersServe(models, gateway)}; pulumi stack output model, and ${podsCommand(gateway)}`,
    );
  }
  const text = textOf(body);
  if (typeof text !== "string" || text === "") {
    const cause = `the model server generates nothing; ${podsCommand(gateway)}`;
    return failed(`200 by model ${JSON.stringify(body.model)}, without a text`, expects, cause);
  }
  return ok(`200 by ${String(body.model)}, ${text.length} characters`);
}

export function isWhole(outcome: Outcome, status: number): outcome is Answer {
  return isAnswer(outcome) && outcome.status === status && outcome.cut === undefined;
}

/** During a roll-out, regions serve two models. */
function othersServe(models: readonly string[], { servers }: Gateway): string {
  const others = servers.filter(
    ({ model, adapters }) => ![model, ...adapters].some((name) => models.includes(name)),
  );
  return others.length > 0
    ? ` (${others.map(({ name, model }) => `${name}: ${model}`).join(", ")})`
    : "";
}

/** The text of the first choice of `/v1/completions`. */
export function completionText(body: Record<string, unknown>): unknown {
  return firstChoice(body).text;
}

/** The text of the first choice of `/v1/chat/completions`; a model that thinks may not have begun to answer. */
export function chatText(body: Record<string, unknown>): unknown {
  const { message } = firstChoice(body);
  const { content, reasoning_content: thought } = (message ?? {}) as Record<string, unknown>;
  return content || thought;
}

function firstChoice({ choices }: Record<string, unknown>): Record<string, unknown> {
  const [first] = Array.isArray(choices) ? (choices as unknown[]) : [];
  return (first ?? {}) as Record<string, unknown>;
}
