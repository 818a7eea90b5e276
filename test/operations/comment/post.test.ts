import { postComment } from "../../../operations/comment/post";
import { GitHub } from "../../../operations/github/client";
import { FakeGitHub, type Kept } from "../github/fakeGitHub";

let fake: FakeGitHub;
beforeEach(async () => (fake = await FakeGitHub.start()));
afterEach(() => fake.stop());

const HEAD = { repository: "o/r", commit: "abc123" };
const MARKED = "<!-- inference-gateway:dev -->\nnew";

function post(head = HEAD): Promise<string> {
  return postComment(fake.client, { number: 7, stack: "dev", comment: MARKED }, head).catch(
    (error: unknown) => `${(error as Error).constructor.name}: ${(error as Error).message}`,
  );
}

function comment(id: number, body: string, type = "Bot"): Kept {
  return { id, body, user: { type } };
}

test("the first comment is created, the next ones are edited in place, the same one stays", async () => {
  expect(await post()).toBe("Posted the preview of stack dev on pull request 7 of o/r.");
  expect(await post()).toBe("The preview of stack dev on pull request 7 of o/r is up to date.");
  fake.comments.forEach((each) => (each.body = "<!-- inference-gateway:dev -->\nold"));
  expect(await post()).toBe("Updated the preview of stack dev on pull request 7 of o/r.");
  expect(fake.comments.map(({ body }) => body)).toEqual([MARKED]);
});

test("it is found behind three hundred others, and not beside those of people and of other stacks", async () => {
  const others = [...Array(300).keys()].map((id) => comment(id, "thanks", "User"));
  fake.comments = [
    comment(1000, "<!-- inference-gateway:dev -->\nforged", "User"),
    comment(1001, "<!-- inference-gateway:prod -->\nother"),
    comment(1002, `quoted: ${MARKED}`),
    ...others,
    comment(1003, "<!-- inference-gateway:dev -->\nold"),
  ];
  expect(await post()).toBe("Updated the preview of stack dev on pull request 7 of o/r.");
  expect(fake.calls.at(-1)).toBe("PATCH issues/comments/1003");
  expect(fake.calls.filter((call) => call === "GET issues/7/comments")).toHaveLength(4);
});

test("a full last page is followed by an empty one", async () => {
  fake.comments = [...Array(100).keys()].map((id) => comment(id, "thanks", "User"));
  expect(await post()).toBe("Posted the preview of stack dev on pull request 7 of o/r.");
});

test.each([
  [
    "another repository's pull request",
    () => (fake.head = { sha: "abc123", repo: { full_name: "someone/r" } }),
    "CannotSay: The preview is of o/r, but pull request 7 of o/r is of someone/r: nothing was posted.",
  ],
  [
    "a pull request of a deleted repository",
    () => (fake.head = { sha: "abc123", repo: null }),
    "CannotSay: The preview is of o/r, but pull request 7 of o/r is of a deleted repository: nothing was posted.",
  ],
  [
    "a pull request with a newer commit",
    () => (fake.head = { sha: "def456", repo: { full_name: "o/r" } }),
    "The preview is of commit abc123, but pull request 7 of o/r has moved to def456, which gets its own: nothing was posted.",
  ],
])("%s gets nothing", async (_, arrange, sentence) => {
  arrange();
  expect(await post()).toBe(sentence);
  expect(fake.comments).toEqual([]);
});

test.each([
  [
    "POST",
    [403, "Resource not accessible by integration"],
    'GitHub answered 403 "Resource not accessible by integration" about the comments of pull request 7 of o/r: the job needs the permission `pull-requests: write`.',
  ],
  [
    "GET pulls/7",
    [403, "Resource not accessible by integration"],
    'GitHub answered 403 "Resource not accessible by integration" about pull request 7 of o/r: the token may not read it.',
  ],
  [
    "GET pulls/7",
    [404, "Not Found"],
    'GitHub answered 404 "Not Found" about pull request 7 of o/r: it does not exist, or the token may not see it.',
  ],
  [
    "GET pulls/7",
    [401, "Bad credentials"],
    'GitHub answered 401 "Bad credentials" about pull request 7 of o/r: the token is invalid or has expired.',
  ],
  [
    "GET issues/7/comments",
    [502, "Server Error"],
    'GitHub answered 502 "Server Error" about the comments of pull request 7 of o/r; run the job again later.',
  ],
] as const)("%s refused: %j, one sentence", async (call, [status, message], sentence) => {
  fake.refusals = { [call]: [status, message] };
  expect(await post()).toBe(`CannotSay: ${sentence}`);
});

test("a GitHub that does not answer is named", async () => {
  const url = fake.url;
  await fake.stop();
  expect(await post()).toBe(`CannotSay: GitHub cannot be reached at ${url}: ECONNREFUSED.`);
  fake = await FakeGitHub.start();
});

test.each([
  [
    {},
    "Not set: GITHUB_TOKEN, GITHUB_REPOSITORY. A job of GitHub Actions passes `GITHUB_TOKEN: ${{ github.token }}`.",
  ],
  [
    { GITHUB_REPOSITORY: "o/r" },
    "Not set: GITHUB_TOKEN. A job of GitHub Actions passes `GITHUB_TOKEN: ${{ github.token }}`.",
  ],
  [
    { GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "o/r/../x" },
    'GITHUB_REPOSITORY: got "o/r/../x"; allowed: owner/name',
  ],
])("a job with %j is refused", (env, sentence) => {
  expect(() => GitHub.of(env)).toThrow(sentence);
});
