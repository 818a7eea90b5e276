import { PROJECT } from "../cloud/support/testCloud";
import { policyConflict, ran } from "./support/ran";

const done = ran("iam", { apis: ["iam"] });

const email = `nodes-eu@${PROJECT}.iam.gserviceaccount.com`;
const name = `projects/${PROJECT}/serviceAccounts/${email}`;
const account = {
  ...{ name, email, projectId: PROJECT, displayName: "Nodes", description: "of eu" },
  ...{ uniqueId: expect.stringMatching(/^\d+$/), etag: expect.any(String) },
  oauth2ClientId: expect.stringMatching(/^\d+$/),
};

it("googleapis makes, reads, lists and changes service accounts", () => {
  expect(done()).toMatchObject({ created: account, read: account });
  expect(done().listed).toEqual([[email], [`others@${PROJECT}.iam.gserviceaccount.com`]]);
  const changed = { ...account, displayName: "Nodes of eu" };
  expect(done().changed).toEqual(changed);
  expect(done().disabled).toEqual({ ...changed, disabled: true });
});

it("grants roles", () => {
  const policy = {
    ...{ version: 1, etag: expect.any(String) },
    bindings: [{ role: "roles/iam.serviceAccountUser", members: ["user:a@example.com"] }],
  };
  expect(done().policies).toEqual({
    before: { etag: "ACAB" },
    written: policy,
    conflict: policyConflict(409),
    after: policy,
  });
});

it("is told why it is refused", () => {
  expect(done()).toMatchObject({
    there: {
      code: 409,
      message: `Service account nodes-eu already exists within project projects/${PROJECT}.`,
    },
    short: {
      code: 400,
      message: expect.stringMatching(/^Account ID "n" must be between 6 and 30 characters long /),
    },
  });
});

it("deletes service accounts", () => {
  expect(done()).toMatchObject({
    deleted: {},
    after: { code: 404, message: `Unknown service account: ${name} does not exist.` },
  });
});
