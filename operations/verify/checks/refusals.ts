import { causeOf, podsCommand } from "../cause";
import type { Gateway } from "../gateway";
import { isAnswer, jsonOf, post, wordsOf } from "../question";
import { failed, ok } from "../verdict";

import type { Check } from "./check";
import { isWhole } from "./model";
import { PROMPT } from "./prompt";

/** No stack has a model of this name: those of Hugging Face have a slash. */
const UNKNOWN = "verify-unknown-model";

/** A model that no server has is refused, with an error that names it. */
export function unknownModel(gateway: Gateway): Check {
  const expects = `404 with an error that names ${JSON.stringify(UNKNOWN)}`;
  return {
    name: "unknown model",
    asks: `POST /v1/completions, model ${UNKNOWN}`,
    question: post("/v1/completions", { model: UNKNOWN, ...PROMPT }),
    judge: (outcome) => {
      const came = wordsOf(outcome);
      if (isWhole(outcome, 404) && jsonOf(outcome) && outcome.text.includes(UNKNOWN)) {
        return ok("404, and its error names the model");
      }
      if (isAnswer(outcome) && outcome.status === 200) {
        const cause = `something replaces the name of the model; kubectl get inferencemodelrewrite -n ${gateway.namespace} in each cluster, and ${podsCommand(gateway)}`;
        return failed(came, expects, cause);
      }
      return failed(came, expects, causeOf(outcome, gateway));
    },
  };
}

/** A body that is not JSON is refused, and harms nothing. */
export function malformed(gateway: Gateway): Check {
  return {
    name: "malformed body",
    asks: "POST /v1/completions, half a JSON object",
    question: post("/v1/completions", '{"model": '),
    judge: (outcome) => {
      const came = wordsOf(outcome);
      if (isWhole(outcome, 400) && outcome.type !== "text/html") return ok("400");
      return failed(came, "400 with an error", causeOf(outcome, gateway));
    },
  };
}
