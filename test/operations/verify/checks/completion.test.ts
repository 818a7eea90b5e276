import { chunk, json, MODEL, send } from "../fakeGateway";
import { any, at, type Case, COMPLETES, CUT, plain, PODS, twoRegions } from "../support/twoRegions";

const regions = twoRegions();

describe("a completion", () => {
  test.each<Case>([
    [
      "a wrong model name",
      at("/v1/completions", plain, (r) =>
        json(r, 200, { model: "other", choices: [{ text: "x" }] }),
      ),
      'completion: failed, 200 by model "other"',
      `${COMPLETES}: a cluster serves another model than the stack's outputs say; pulumi stack output model, and ${PODS}`,
    ],
    [
      "an answer without a text",
      at("/v1/completions", plain, (r) => json(r, 200, { model: MODEL, choices: [{ text: "" }] })),
      `completion: failed, 200 by model "${MODEL}", without a text`,
      `${COMPLETES}: the model server generates nothing; ${PODS}`,
    ],
    [
      "no choices",
      at("/v1/chat/completions", any, (r) => json(r, 200, { model: MODEL })),
      `chat: failed, 200 by model "${MODEL}", without a text`,
      `${COMPLETES}: the model server generates nothing; ${PODS}`,
    ],
    [
      "a page of HTML",
      at("/v1/completions", plain, (r) =>
        send(r, 200, "text/html", "<html>\n<b>Log in</b>\u001b[2J"),
      ),
      "completion: failed, 200 text/html <html> <b>Log in</b> [2J",
      `${COMPLETES}: something that is not the gateway answers at this address, such as a proxy; compare it with \`pulumi stack output gatewayUrls\``,
    ],
    [
      "half an answer",
      at("/v1/completions", plain, (r) => {
        r.writeHead(200, { "content-type": "application/json", "content-length": 99 });
        r.write('{"model":', () => r.destroy());
      }),
      'completion: failed, 200 application/json {"model": (the connection was closed too early)',
      `${COMPLETES}: ${CUT}`,
    ],
    [
      "an answer that has all of its text and no end",
      at("/v1/completions", plain, (r) => {
        r.writeHead(200, { "content-type": "application/json", "content-length": 999 });
        r.write(chunk(MODEL, "x"), () => r.destroy());
      }),
      `completion: failed, 200 application/json ${chunk(MODEL, "x")} (the connection was closed too early)`,
      `${COMPLETES}: ${CUT}`,
    ],
  ])("%s fails at that address alone", async (_, fault, words, why) => {
    expect(await regions().wrongWith(fault)).toEqual([[`us-east4 ${words}`, why]]);
  });
});
