import { json, send } from "../fakeGateway";
import { at, type Case, PICKER, twoRegions } from "../support/twoRegions";

const regions = twoRegions();

describe("the endpoint picker", () => {
  test.each<Case>([
    [
      "a malformed body that breaks the server",
      at(
        "/v1/completions",
        ({ body }) => body === undefined,
        (r) => send(r, 500, "text/plain", ""),
      ),
      "malformed body: failed, 500 text/plain an empty body",
      `expected 400 with an error: the load balancer does not reach the endpoint picker; ${PICKER}`,
    ],
    [
      "a picker that is passed by",
      at(
        "/v1/completions",
        ({ headers }) => "x-gateway-model-name-rewrite" in headers,
        (r) =>
          json(r, 404, { error: { message: "The model `verify-renamed-model` does not exist." } }),
      ),
      'endpoint picker: failed, 404 application/json {"error":{"message":"The model `verify-renamed-model` does not exist."}}',
      `expected 200, because the endpoint picker renames the model: the load balancer passes the endpoint picker by (failureMode FailOpen), or drops its headers; ${PICKER}`,
    ],
  ])("%s fails at that address alone", async (_, fault, words, why) => {
    expect(await regions().wrongWith(fault)).toEqual([[`us-east4 ${words}`, why]]);
  });
});
