import {
  asJson,
  asTable,
  closing,
  notAskedJson,
  type Row,
  wordsOfFailures,
} from "../../../operations/verify/report";

const west = { at: "europe-west3", url: "http://10.0.0.9" };
const models: Row = {
  ...west,
  ...{ check: "models", asked: "GET /v1/models", silent: false },
  ...{ status: "ok", came: "200, m" },
};
const chat: Row = {
  ...west,
  ...{ check: "chat", asked: "POST /v1/chat/completions, model m", silent: false },
  ...{ status: "failed", came: "503", why: "expected 200: no pod; kubectl get pods" },
};
const adapter: Row = {
  ...{ at: "us-east4", url: "http://10.0.0.10", check: "adapter a", asked: "POST" },
  ...{ status: "skipped", came: "not asked: b does not have it" },
};

test("a terminal gets a table, with the question and what to do below a failure", () => {
  expect(asTable("stack dev", [models, chat, adapter])).toEqual([
    "The gateway of stack dev:",
    "",
    "region        check      status   came",
    "------------  ---------  -------  ----",
    "europe-west3  models     ok       200, m",
    "              chat       failed   503",
    "                                    http://10.0.0.9 POST /v1/chat/completions, model m",
    "                                    expected 200: no pod; kubectl get pods",
    "us-east4      adapter a  skipped  not asked: b does not have it",
    "",
  ]);
});

test("the last line counts what failed, or says where all is well", () => {
  expect(wordsOfFailures([models, chat])).toBe("1 check failed: chat at europe-west3.");
  expect(wordsOfFailures([chat, { ...chat, at: "us-east4" }])).toBe(
    "2 checks failed: chat at europe-west3, chat at us-east4.",
  );
  expect(closing([models, adapter])).toBe("1 answers, as expected, from europe-west3, us-east4.");
});

test("a job gets all of it as JSON", () => {
  const shown = { ...models, silent: undefined };
  expect(JSON.parse(asJson("stack dev", [models]))).toEqual({
    ...{ gateway: "stack dev", result: "ok", checks: [JSON.parse(JSON.stringify(shown))] },
  });
  expect(JSON.parse(asJson("stack dev", [chat]))).toMatchObject({
    result: "failed",
    checks: [{ check: "chat", why: "expected 200: no pod; kubectl get pods" }],
  });
  expect(JSON.parse(notAskedJson("stack dev", "no outputs"))).toEqual({
    ...{ gateway: "stack dev", result: "not asked", why: "no outputs" },
  });
});
