import * as fs from "node:fs";
import * as path from "node:path";

import { readEventLog } from "../../../operations/eventLog/read";
import { errorsOf, failureOf } from "../../../operations/eventLog/outcome";

import { altered, recorded, written } from "./recorded";

const NO_EVENT = "has no event: `pulumi` failed before its engine began; its own output says why.";
const BROKEN =
  "breaks off after 3 events: `pulumi` was killed, or the file was cut; run `pulumi` again.";

function refusalOf(file: string): string {
  try {
    readEventLog(file);
  } catch (error) {
    return (error as Error).message.replace(file, "FILE");
  }
  throw new Error("it was read");
}

test.each([
  ["is missing", "/nowhere/events.jsonl", `FILE ${NO_EVENT}`],
  ["is empty", written("\n"), `FILE ${NO_EVENT}`],
  ["is a directory", path.dirname(recorded("drift")), "FILE is not a file."],
  ["breaks off between events", altered("drift", (all) => all.slice(0, 3)), `FILE ${BROKEN}`],
  [
    "breaks off in an event",
    altered("drift", (all) => [...all.slice(0, 3), (all[3] ?? "").slice(0, 90)]),
    `FILE ${BROKEN}`,
  ],
  [
    "has something else",
    written("Previewing update (dev)\n{}"),
    "FILE:1 is not an event of the engine: Previewing update (dev)",
  ],
  [
    "has half an event in the middle",
    altered("drift", ([first = "", ...rest]) => [first, '{"resourcePre', ...rest]),
    'FILE:2 is not an event of the engine: {"resourcePre',
  ],
  [
    "has fields of other types, as a fork's may",
    written('{"policyEvent":{"message":7}}\n{"cancelEvent":{}}'),
    'FILE:1 is not an event of the engine: {"policyEvent":{"message":7}}',
  ],
  [
    "has a long line of something else",
    written("x".repeat(100)),
    `FILE:1 is not an event of the engine: ${"x".repeat(60)}...`,
  ],
])("a log that %s is refused in one sentence", (_, file, message) => {
  expect(refusalOf(file)).toBe(message);
});

test("a link is not followed: it may lead out of a fork's artifact", () => {
  const link = path.join(path.dirname(written("")), "link");
  fs.symlinkSync(recorded("drift"), link);
  expect(refusalOf(link)).toBe("FILE is not a file.");
});

test.each([
  ["changes", undefined],
  ["no-drift", undefined],
  ["refused", "the preview failed without a message."],
  [
    "invalid-config",
    'the preview failed: The configuration of stack dev has a problem: inference-gateway:objectives: got {"chat":3}; allowed: a list',
  ],
  [
    "expired",
    "Google refused the credentials: sign in again, or check the settings of docs/pull-requests.md. Service apis-dns: Preview failed: 1 error occurred: * Error when reading or editing Project Service my-project-dev/dns.googleapis.com: googleapi: Error 401: Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https... (and 1 more)",
  ],
])("the log %s says in one sentence why its command failed", (name, sentence) => {
  expect(failureOf(readEventLog(recorded(name)).events, "the preview")).toBe(sentence);
});

test.each([
  'oauth2: "invalid_grant" "Token has been expired or revoked."',
  "oauth2/google: status code 400: unable to generate access token",
  "google: could not find default credentials",
  "rpc error: code = Unauthenticated desc = UNAUTHENTICATED",
  "the server has asked for the client to provide credentials",
])("%s is about credentials", (message) => {
  const said = {
    diagnosticEvent: { severity: "error", message: `<{%fg 1%}>${message}<{%reset%}>` },
  };
  expect(errorsOf([said])).toEqual([message]);
  expect(failureOf([said], "the refresh")).toBe(
    `Google refused the credentials: sign in again, or check the settings of docs/pull-requests.md. ${message}`,
  );
});

test("a log without a summary failed", () => {
  expect(failureOf([{ cancelEvent: {} }], "the refresh")).toBe(
    "the refresh failed without a message.",
  );
});
