import { projectNumber } from "../../../emulator/cloud/numericIds";
import { PROJECT } from "../cloud/support/testCloud";
import { ran } from "./support/ran";

const done = ran("monitoring", { apis: ["monitoring"] });

const dashboard = {
  name: expect.stringMatching(`^projects/${projectNumber(PROJECT)}/dashboards/`),
  etag: expect.stringMatching(/./),
  displayName: "Gateway",
};
const channel = expect.stringMatching(`^projects/${PROJECT}/notificationChannels/\\d+$`);
const GONE = { code: 404, message: "Requested entity was not found." };

it("googleapis makes, reads, lists, changes and deletes dashboards", () => {
  expect(done()).toMatchObject({
    made: dashboard,
    read: dashboard,
    listed: [["Gateway"], ["Other"]],
    blind: { code: 400, message: "Update Dashboard should specify a non empty etag." },
    changed: { ...dashboard, displayName: "New" },
    deleted: {},
    after: GONE,
  });
});

it("makes, lists, changes and deletes alert policies and their channels", () => {
  const policy = {
    name: expect.stringMatching(`^projects/${PROJECT}/alertPolicies/\\d+$`),
    displayName: "down",
    enabled: true,
    notificationChannels: [channel],
  };
  expect(done()).toMatchObject({
    channel: { name: channel, enabled: true },
    policy,
    policies: [["down"]],
    changedPolicy: { ...policy, severity: "ERROR" },
    used: {
      code: 400,
      message: expect.stringMatching(
        /^Could not delete ".*" because it is still being referenced by: ".*"$/,
      ),
    },
    deletedPolicy: {},
    afterPolicy: GONE,
    deletedChannel: {},
  });
});
