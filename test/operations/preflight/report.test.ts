import {
  asJson,
  asTable,
  notAskedJson,
  type Report,
  type Row,
  wordsOfProblems,
} from "../../../operations/preflight/report";

const ok = { check: "project", asked: "whether", status: "ok", found: "p is active" } as const;
const short: Row = {
  ...{ check: "quotas", asked: "how much", status: "problem" },
  ...{ found: "no L4", fix: "gcloud quotas" },
};
const closed = {
  check: "quotas",
  asked: "how much",
  status: "unknown",
  found: "not told",
} as const;
const report = (...rows: Report["rows"]): Report => ({ stack: "dev", project: "p", rows });

test("a terminal gets a table, with the fix below, and no next step where there are problems", () => {
  expect(asTable(report(ok, short, closed))).toEqual([
    "Stack dev, project p:",
    "",
    "check    status   found",
    "-------  -------  -----",
    "project  ok       p is active",
    "quotas   problem  no L4",
    "                    gcloud quotas",
    "         unknown  not told",
    "",
  ]);
  expect(wordsOfProblems("dev", [ok, short])).toBe(
    "1 problem: `pulumi up` would fail. Fix what is named, then run again:\n  make preflight STACK=dev",
  );
  expect(wordsOfProblems("dev", [short, short])).toMatch(/^2 problems: /);
});

test.each([
  [[ok], "Nothing is in the way of `pulumi up`. Next:"],
  [[ok, closed], "Nothing that was answered is in the way of `pulumi up`. Next:"],
])("without problems it ends with what to run next", (rows, words) => {
  expect(asTable(report(...rows)).slice(-3)).toEqual([
    words,
    "  pulumi preview --policy-pack policy-pack --stack dev",
    "  pulumi up --policy-pack policy-pack --stack dev",
  ]);
});

test("a job gets all of it as JSON", () => {
  expect(JSON.parse(asJson(report(ok, short)))).toEqual({
    ...{ stack: "dev", project: "p", result: "problems" },
    findings: [ok, short],
    next: [],
  });
  expect(JSON.parse(asJson(report(ok)))).toMatchObject({
    result: "ok",
    next: [
      "pulumi preview --policy-pack policy-pack --stack dev",
      "pulumi up --policy-pack policy-pack --stack dev",
    ],
  });
  expect(JSON.parse(notAskedJson("dev", "no credentials"))).toEqual({
    ...{ stack: "dev", result: "not asked", why: "no credentials" },
  });
});
