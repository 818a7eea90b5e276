import { ADAPTER, json, MODEL, type Received, send } from "../fakeGateway";
import { any, at, type Case, PODS, twoRegions } from "../support/twoRegions";

const regions = twoRegions();

const REFUSES = 'expected 404 with an error that names "verify-unknown-model"';
const ROUTE =
  "the route does not lead to the pool, or no model server has the model; kubectl describe httproute -n inference in the config cluster";

const asksFor =
  (model: string) =>
  ({ body }: Received) =>
    body?.model === model;

describe("models by their names", () => {
  test.each<Case>([
    [
      "another model in the list",
      at("/v1/models", any, (r) => json(r, 200, { data: [{ id: "other" }, null] })),
      "models: failed, 200, other, undefined",
      `expected 200 with a list that has "${MODEL}": a cluster serves another model than the stack's outputs say; pulumi stack output clusters`,
    ],
    [
      "an adapter that is not loaded",
      at("/v1/completions", asksFor(ADAPTER), (r) => json(r, 404, { error: { message: "no" } })),
      `adapter ${ADAPTER}: failed, 404 application/json {"error":{"message":"no"}}`,
      `expected 200 with a text by model "${ADAPTER}": ${ROUTE}`,
    ],
    [
      "an unknown model that is answered",
      at("/v1/completions", asksFor("verify-unknown-model"), (r) =>
        json(r, 200, { model: "verify-unknown-model", choices: [{ text: "x" }] }),
      ),
      'unknown model: failed, 200 application/json {"model":"verify-unknown-model","choices":[{"text":"x"}]}',
      `${REFUSES}: something replaces the name of the model; kubectl get inferencemodelrewrite -n inference in each cluster, and ${PODS}`,
    ],
    [
      "an unknown model whose error does not name it",
      at("/v1/completions", asksFor("verify-unknown-model"), (r) =>
        send(r, 404, "text/plain", "fault filter abort"),
      ),
      "unknown model: failed, 404 text/plain fault filter abort",
      `${REFUSES}: ${ROUTE}`,
    ],
    [
      "an unknown model whose error is JSON and does not name it",
      at("/v1/completions", asksFor("verify-unknown-model"), (r) =>
        json(r, 404, { detail: "Not Found" }),
      ),
      'unknown model: failed, 404 application/json {"detail":"Not Found"}',
      `${REFUSES}: ${ROUTE}`,
    ],
  ])("%s fails at that address alone", async (_, fault, words, why) => {
    expect(await regions().wrongWith(fault)).toEqual([[`us-east4 ${words}`, why]]);
  });
});
