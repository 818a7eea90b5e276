import { addresses } from "./findings/addresses";
import { billing, configuration } from "./findings/configuration";
import { clusters, fleet } from "./findings/fleet";
import { machines } from "./findings/machines";
import { model } from "./findings/model";
import { notAsked } from "./findings/notAsked";
import { apis, permissions } from "./findings/permissions";
import { reservations } from "./findings/reservations";
import type { Row } from "./findings/row";
import { stored } from "./findings/stored";
import { versions } from "./findings/versions";
import { PROJECT, TestProject } from "./project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.start();
});
afterAll(() => project.stop());

beforeAll(async () => {
  const { cloud } = project;
  await cloud.run("POST", `https://storage.googleapis.com/storage/v1/b?project=${PROJECT}`, {
    name: "model-weights",
    location: "europe-west3",
  });
  const secrets = `https://secretmanager.googleapis.com/v1/projects/${PROJECT}/secrets`;
  await cloud.run("POST", `${secrets}?secretId=hugging-face`, { replication: { automatic: {} } });
  await cloud.run("POST", `${secrets}/hugging-face:addVersion`, { payload: { data: "aGY=" } });
});

const all = [
  ...configuration,
  ...billing,
  ...permissions,
  ...apis,
  ...versions,
  ...machines,
  ...reservations,
  ...addresses,
  ...clusters,
  ...fleet,
  ...stored,
  ...model,
  ...notAsked,
];

test.each(all.map(([title, ...row]) => [`${row[0]}: ${title}`, ...row] as Row))(
  "%s",
  async (_title, check, situation, findings) => {
    expect(await project.findings(check, situation)).toEqual(findings);
  },
);
