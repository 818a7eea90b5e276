import { causeOf } from "../cause";
import type { Gateway } from "../gateway";
import { jsonOf, oneLine, wordsOf } from "../question";
import { failed, ok } from "../verdict";

import type { Check } from "./check";
import { isWhole } from "./model";

/**
 * Which models a server has. The picker sends what has no body to any model server (GIE v1.5.0,
 * pkg/epp/handlers/request.go), so this is answered even if no request with a body is.
 */
export function models(gateway: Gateway): Check {
  const { model } = gateway;
  return {
    name: "models",
    asks: "GET /v1/models",
    question: { method: "GET", path: "/v1/models" },
    judge: (outcome) => {
      const came = wordsOf(outcome);
      const expects = `200 with a list that has ${JSON.stringify(model)}`;
      const data = isWhole(outcome, 200) ? jsonOf(outcome)?.data : undefined;
      if (!Array.isArray(data)) return failed(came, expects, causeOf(outcome, gateway));
      const ids = (data as unknown[]).map((each) => String((each as { id?: unknown } | null)?.id));
      if (ids.includes(model)) return ok(`200, ${oneLine(ids.join(", "))}`);
      const cause =
        "a cluster serves another model than the stack's outputs say; pulumi stack output clusters";
      return failed(`200, ${oneLine(ids.join(", ")) || "no model"}`, expects, cause);
    },
  };
}
