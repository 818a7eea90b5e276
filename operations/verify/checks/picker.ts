import { causeOf, pickerCommand } from "../cause";
import type { Gateway } from "../gateway";
import { isAnswer, post, wordsOf } from "../question";
import { failed } from "../verdict";

import type { Check } from "./check";
import { completionText, judgeCompletion } from "./model";
import { PROMPT } from "./prompt";

/** No server has a model of this name. */
const RENAMED = "verify-renamed-model";

/**
 * The picker puts the header's model in place of the body's (GIE v1.4.0 and v1.5.0, pkg/epp/metadata/consts.go). So a
 * model that no server has is answered only if the picker gets the request, reads its headers, and the model server gets
 * what the picker wrote. If the load balancer passes the picker by, which FailOpen allows, the answer is 404.
 */
export function picker(gateway: Gateway): Check {
  const { model } = gateway;
  const headers = { "x-gateway-model-name-rewrite": model };
  return {
    name: "endpoint picker",
    asks: `POST /v1/completions, model ${RENAMED}, renamed by a header`,
    question: post("/v1/completions", { model: RENAMED, ...PROMPT }, headers),
    judge: (outcome) => {
      if (isAnswer(outcome) && outcome.status === 404) {
        const cause = `the load balancer passes the endpoint picker by (failureMode FailOpen), or drops its headers; ${pickerCommand(gateway)}`;
        return failed(
          wordsOf(outcome),
          "200, because the endpoint picker renames the model",
          cause,
        );
      }
      if (!isAnswer(outcome)) {
        return failed(wordsOf(outcome), "200 with a text", causeOf(outcome, gateway));
      }
      // v1.5.0 puts the client's name back into the answer, v1.4.0 does not.
      const models = [model, RENAMED];
      return judgeCompletion(outcome, { models, textOf: completionText }, gateway);
    },
  };
}
