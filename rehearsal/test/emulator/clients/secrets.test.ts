import { projectNumber } from "../../../emulator/cloud/numericIds";
import { PROJECT } from "../cloud/support/testCloud";
import { policyConflict, ran, TIME } from "./support/ran";

const done = ran("secrets", { apis: ["secretmanager"] });

const parent = `projects/${projectNumber(PROJECT)}`;
const name = `${parent}/secrets/hf`;
const etag = expect.stringMatching(/^"\w+"$/);
const secret = { name, replication: { automatic: {} }, createTime: TIME, etag };
const STALE = /^The provided etag "\w+" does not match the current etag /;

it("googleapis makes, reads, lists and changes secrets", () => {
  expect(done()).toMatchObject({ created: secret, read: secret });
  expect(done().listed).toEqual([[`${parent}/secrets/other`], [name]]);
  expect(done().changed).toEqual({ ...secret, labels: { team: "a" } });
});

it("makes, reads, lists, changes and destroys versions", () => {
  const version = { name: `${name}/versions/1`, state: "ENABLED", createTime: TIME, etag };
  const latest = `${name}/versions/2`;
  expect(done().versions).toEqual({
    ...{ created: version, read: version, latest, listed: [[latest], [version.name]] },
    disabled: { ...version, state: "DISABLED" },
    conflict: { code: 400, message: expect.stringMatching(STALE) },
    destroyed: { ...version, state: "DESTROYED", destroyTime: TIME },
    after: { code: 400, message: `Secret Version [${version.name}] is in DESTROYED state.` },
  });
});

it("grants roles", () => {
  const bindings = [
    { role: "roles/secretmanager.secretAccessor", members: ["user:a@example.com"] },
  ];
  const policy = { version: 1, etag: expect.any(String), bindings };
  expect(done().policies).toEqual({
    before: { etag: "ACAB" },
    written: policy,
    conflict: policyConflict(409),
    after: policy,
  });
});

it("is told why it is refused", () => {
  expect(done()).toMatchObject({
    immutable: { code: 400, message: "The Secret.replication is immutable." },
    there: { code: 409, message: `Secret [${name}] already exists.` },
    stale: { code: 400, message: expect.stringMatching(STALE) },
  });
});

it("deletes secrets", () => {
  expect(done()).toMatchObject({
    deleted: {},
    after: { code: 404, message: `Secret [${name}] not found.` },
  });
});
