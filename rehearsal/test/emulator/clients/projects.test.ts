import { projectNumber } from "../../../emulator/cloud/numericIds";
import { PROJECT } from "../cloud/support/testCloud";
import { policyConflict, ran } from "./support/ran";

const done = ran("projects", { apis: ["cloudresourcemanager"] });

const number = projectNumber(PROJECT);
const etag = expect.any(String);

it("googleapis reads projects, by either version of the API", () => {
  const ofV3 = {
    name: `projects/${number}`,
    projectId: PROJECT,
    displayName: PROJECT,
    state: "ACTIVE",
  };
  expect(done()).toMatchObject({ projectV3: ofV3, byNumber: ofV3 });
  expect(done().project).toEqual({
    ...{ projectId: PROJECT, projectNumber: number, name: PROJECT },
    lifecycleState: "ACTIVE",
  });
});

it("grants roles", () => {
  expect(done().policies).toEqual({
    before: { etag: "ACAB" },
    written: {
      ...{ version: 1, etag },
      bindings: [{ role: "roles/viewer", members: ["user:a@example.com"] }],
    },
    conflict: policyConflict(409),
    nobody: { code: 400, message: "Service account nobody@x.y does not exist." },
  });
});

it("grants roles on conditions", () => {
  const members = ["user:b@example.com"];
  expect(done().conditions).toEqual({
    knowing: {
      ...{ version: 3, etag },
      bindings: [
        {
          ...{ role: "roles/editor", members },
          condition: {
            title: "soon over",
            expression: 'request.time < timestamp("2030-01-01T00:00:00Z")',
          },
        },
      ],
    },
    unknowing: {
      ...{ version: 1, etag },
      bindings: [{ role: expect.stringMatching(/^roles\/editor_withcond_\w{20}$/), members }],
    },
  });
});
