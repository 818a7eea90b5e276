import { chunk, events, json, MODEL } from "../fakeGateway";
import { at, type Case, CUT, PODS, streamed, twoRegions } from "../support/twoRegions";

const regions = twoRegions();

const STREAMS = `expected 200 with two or more events by "${MODEL}", and [DONE] at the end`;

describe("a stream", () => {
  test.each<Case>([
    [
      "no streaming",
      at("/v1/completions", streamed, (r) =>
        json(r, 200, { model: MODEL, choices: [{ text: "x" }] }),
      ),
      `stream: failed, 200 application/json {"model":"${MODEL}","choices":[{"text":"x"}]}`,
      `${STREAMS}: something between client and model server drops the request's field "stream"; ${PODS}`,
    ],
    [
      "half a stream",
      at("/v1/completions", streamed, (r) => {
        r.writeHead(200, { "content-type": "text/event-stream" });
        r.write(`data: ${chunk(MODEL, "a")}\n\ndata: {"mod`, () => r.destroy());
      }),
      "stream: failed, 200, 1 event, no [DONE] at the end (the connection was closed too early)",
      `${STREAMS}: ${CUT}`,
    ],
    [
      "a stream without its end",
      at("/v1/completions", streamed, (r) => events(r, [chunk(MODEL, "a"), chunk(MODEL, "b")])),
      "stream: failed, 200, 2 events, no [DONE] at the end (the stream ended early)",
      `${STREAMS}: ${CUT}`,
    ],
    [
      "a stream whose connection breaks after its last event",
      at("/v1/completions", streamed, (r) => {
        r.writeHead(200, { "content-type": "text/event-stream" });
        const data = [chunk(MODEL, "a"), chunk(MODEL, "b"), "[DONE]"];
        r.write(data.map((each) => `data: ${each}\n\n`).join(""), () => r.destroy());
      }),
      "stream: failed, 200, 2 events, [DONE] at the end (the connection was closed too early)",
      `${STREAMS}: ${CUT}`,
    ],
    [
      "a stream of one event",
      at("/v1/completions", streamed, (r) => events(r, [chunk(MODEL, "a b"), "[DONE]"])),
      "stream: failed, 200, 1 event, [DONE] at the end",
      `${STREAMS}: the model server generates nothing, or not step by step; ${PODS}`,
    ],
    [
      "a stream of another model",
      at("/v1/completions", streamed, (r) =>
        events(r, [chunk(MODEL, "a"), chunk("other", "b"), "[DONE]"]),
      ),
      'stream: failed, 200, an event by model "other"',
      `${STREAMS}: a cluster serves another model than the stack's outputs say; ${PODS}`,
    ],
  ])("%s fails at that address alone", async (_, fault, words, why) => {
    expect(await regions().wrongWith(fault)).toEqual([[`us-east4 ${words}`, why]]);
  });
});
