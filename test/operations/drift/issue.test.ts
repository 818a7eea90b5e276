import { driftIn, type Found } from "../../../operations/drift/drift";
import { keepIssue } from "../../../operations/drift/issue";
import { readEventLog } from "../../../operations/eventLog/read";
import { recorded } from "../eventLog/recorded";
import { FakeGitHub } from "../github/fakeGitHub";

let fake: FakeGitHub;
beforeEach(async () => (fake = await FakeGitHub.start()));
afterEach(() => fake.stop());

const drifted = driftIn(readEventLog(recorded("drift")).events);
const NONE: Found = { drifts: [], noise: [] };
const LESS: Found = { drifts: drifted.drifts.slice(1), noise: [] };

const keep = (found: Found, stack = "dev") => keepIssue(fake.client, stack, found);

test("one issue is opened, stays while nothing changes, is written anew, and is closed when the drift is gone", async () => {
  expect(await keep(NONE)).toBe("Stack dev has no drift, and no open issue about it.");
  expect(await keep(drifted)).toBe("Opened issue 4 about the drift of stack dev.");
  expect(await keep(drifted)).toBe("Issue 4 says what drifts in stack dev.");
  expect(await keep(LESS)).toBe("Updated issue 4 about the drift of stack dev.");
  expect(await keep(NONE)).toBe("Closed issue 4: stack dev has no drift.");
  expect(fake.issues).toMatchObject([
    { number: 4, title: "Stack dev has drifted", state: "closed" },
  ]);
  expect(fake.comments.map(({ body }) => body)).toEqual(["Nothing in stack dev drifts any more."]);
  expect(await keep(drifted)).toBe("Opened issue 4 about the drift of stack dev.");
});

test("issues of people, of other stacks, and pull requests are left alone", async () => {
  const body = "<!-- inference-gateway drift:dev -->";
  const others = [...Array(150).keys()].map((id) => ({ id, number: id + 100, body: "x" }));
  fake.issues = [
    ...others.map((each) => ({ ...each, user: { type: "User" } })),
    { id: 1, number: 1, body, user: { type: "User" } },
    { id: 2, number: 2, body, user: { type: "Bot" }, pull_request: {} },
    { id: 3, number: 3, body: body.replace("dev", "prod"), user: { type: "Bot" } },
  ];
  expect(await keep(NONE)).toBe("Stack dev has no drift, and no open issue about it.");
  expect(await keep(NONE, "prod")).toBe("Closed issue 3: stack prod has no drift.");
});

test("a refusal of GitHub is one sentence", async () => {
  fake.refusals = { POST: [403, "Resource not accessible by integration"] };
  await expect(keep(drifted)).rejects.toThrow(
    'GitHub answered 403 "Resource not accessible by integration" about the issues of o/r: the job needs the permission `issues: write`.',
  );
});
