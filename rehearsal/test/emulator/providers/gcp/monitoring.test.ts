import { PropertyMap } from "../../../../emulator/providers/plugin";
import { PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";
import { open, Resource } from "./support/standIn";

const DASHBOARD = "gcp:monitoring/dashboard:Dashboard";
const POLICY = "gcp:monitoring/alertPolicy:AlertPolicy";
const API = "https://monitoring.googleapis.com";
const POLICIES = `${API}/v3/projects/${PROJECT}/alertPolicies`;

let cloud: TestCloud;
let standIn: RecordedStandIn;
beforeAll(async () => {
  cloud = await TestCloud.start(["monitoring"]);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

/** Names of the properties that an update would change. */
async function changesOf(resource: Resource, inputs: PropertyMap): Promise<unknown[]> {
  const { changes } = await standIn.diff(resource, inputs);
  return changes.map(({ path, replace }) => `${path.join(".")}${replace ? " replaces" : ""}`);
}

describe("a dashboard", () => {
  const TILE = {
    width: 24,
    height: 16,
    widget: {
      xyChart: {
        dataSets: [{ timeSeriesQuery: { prometheusQuery: "up" } }],
        thresholds: [{ label: "<target>", value: 60 }],
        yAxis: { label: "percent" },
      },
    },
  };
  const json = (tile: object = TILE, more: object = {}) => ({
    displayName: "Gateway",
    mosaicLayout: { columns: 48, tiles: [tile] },
    ...more,
  });
  const inputs = (dashboard: object = json()) => ({ dashboardJson: JSON.stringify(dashboard) });
  let made: Resource;

  test("is made of its JSON, and kept as the cloud answers it, in Go's spelling", async () => {
    made = await standIn.create(DASHBOARD, "x", inputs());
    const url = `${API}/v1/${made.id}?alt=json`;
    expect(standIn.taken()).toEqual([
      [`POST ${API}/v1/projects/${PROJECT}/dashboards?alt=json`, json()],
      [`GET ${url}`],
    ]);
    const { dashboardJson, project, deletionPolicy } = open(made.outputs);
    expect({ project, deletionPolicy }).toEqual({ project: PROJECT, deletionPolicy: "DELETE" });
    expect(dashboardJson).toMatch(
      /^\{"displayName":"Gateway","etag":"[^"]+","mosaicLayout":.*"name":"projects\/\d+\/dashboards\/[0-9a-f-]+"\}$/,
    );
    expect(dashboardJson).toContain(
      '"thresholds":[{"label":"\\u003ctarget\\u003e","targetAxis":"Y1","value":60}]',
    );
  });

  test("shows no difference for what the cloud has added, or for another order of keys", async () => {
    const { mosaicLayout, displayName } = json();
    expect(await changesOf(made, inputs())).toEqual([]);
    expect(await changesOf(made, inputs({ mosaicLayout, displayName }))).toEqual([]);
    expect(await standIn.refresh(made)).toEqual(made);
  });

  test("does not see that something was taken out", async () => {
    const { dataSets, thresholds } = TILE.widget.xyChart;
    const xyChart = { dataSets, thresholds };
    expect(await changesOf(made, inputs(json({ ...TILE, widget: { xyChart } })))).toEqual([]);
  });

  test.each([
    ["a threshold that 32 bits do not hold", { thresholds: [{ label: "t", value: 0.6 }] }],
    ["an empty list", { thresholds: [] }],
  ])("differs for ever with %s", async (_, change) => {
    const said = inputs(
      json({ ...TILE, widget: { xyChart: { ...TILE.widget.xyChart, ...change } } }),
    );
    const other = await standIn.create(DASHBOARD, "x", said);
    expect(await changesOf(other, said)).toEqual(["dashboardJson"]);
    await standIn.delete(other);
  });

  test("differs for ever with a position of 0", async () => {
    const said = inputs(json({ ...TILE, xPos: 0 }));
    const other = await standIn.create(DASHBOARD, "x", said);
    expect(await changesOf(other, said)).toEqual(["dashboardJson"]);
    await standIn.delete(other);
    standIn.taken();
  });

  test("is changed as a whole, with the etag of its state", async () => {
    const { etag } = JSON.parse(String(open(made.outputs).dashboardJson)) as { etag: string };
    made = await standIn.update(made, inputs(json({ ...TILE, width: 48 })));
    const url = `${API}/v1/${made.id}?alt=json`;
    expect(standIn.taken()).toEqual([
      [`PATCH ${url}`, { ...json({ ...TILE, width: 48 }), etag }],
      [`GET ${url}`],
    ]);
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[`DELETE ${url}`]]);
    expect(await standIn.refresh(made)).toBeUndefined();
    await standIn.delete(made);
  });

  test("in another project is another one", async () => {
    const other = await standIn.create(DASHBOARD, "x", inputs());
    expect(await changesOf(other, { ...inputs(), project: "other-project" })).toEqual([
      "project replaces",
    ]);
  });

  test("is JSON", async () => {
    await expect(standIn.check(DASHBOARD, "x", { dashboardJson: "{" })).rejects.toThrow(
      /"dashboard_json" contains an invalid JSON: .* Examine values at 'x\.dashboardJson'\./,
    );
  });

  test("that Google refuses is not made", async () => {
    const nameless = { mosaicLayout: { columns: 48, tiles: [] } };
    await expect(standIn.create(DASHBOARD, "x", inputs(nameless))).rejects.toThrow(
      "Error creating Dashboard: googleapi: Error 400: Dashboard is missing required field displayName.",
    );
  });
});

describe("an alert policy", () => {
  const promql = {
    query: "up < 1",
    duration: "300s",
    evaluationInterval: "60s",
    disableMetricValidation: true,
  };
  const policy = {
    displayName: "down",
    combiner: "OR",
    severity: "ERROR",
    conditions: [{ displayName: "up", conditionPrometheusQueryLanguage: promql }],
    documentation: { content: "Look." },
  };
  const documentation = { content: "Look.", mimeType: "text/markdown" };
  let made: Resource;

  test("is made, and has the names that the cloud gives", async () => {
    standIn.taken();
    made = await standIn.create(POLICY, "x", policy);
    expect(standIn.taken()).toEqual([
      [`POST ${POLICIES}?alt=json`, { ...policy, documentation, enabled: true }],
      [`GET ${API}/v3/${made.id}?alt=json`],
    ]);
    expect(open(made.outputs)).toMatchObject({
      ...policy,
      name: made.id,
      documentation,
      enabled: true,
      conditions: [{ name: expect.stringMatching(`^${made.id}/conditions/\\d+$`) }],
      creationRecords: [{ mutatedBy: "owner@example.com" }],
      project: PROJECT,
    });
  });

  test("is refreshed without drift, and planned without change", async () => {
    expect(await standIn.refresh(made)).toEqual(made);
    expect(await changesOf(made, policy)).toEqual([]);
    standIn.taken();
  });

  test("is changed where it differs, with the names of its conditions", async () => {
    const { conditions } = open(made.outputs);
    made = await standIn.update(made, { ...policy, severity: "CRITICAL" });
    const url = `${API}/v3/${made.id}?alt=json`;
    expect(standIn.taken()).toEqual([
      [
        `PATCH ${url}&updateMask=severity`,
        { ...policy, conditions, documentation, severity: "CRITICAL", enabled: true },
      ],
      [`GET ${url}`],
    ]);
  });

  test("can be switched off", async () => {
    made = await standIn.update(made, { ...policy, severity: "CRITICAL", enabled: false });
    expect(standIn.taken()[0]?.[1]).toMatchObject({ enabled: false });
    expect(open(made.outputs)).toMatchObject({ enabled: false });
  });

  test("has a combiner and a severity that the provider knows", async () => {
    await expect(
      standIn.check(POLICY, "x", { ...policy, combiner: "XOR", severity: "BAD" }),
    ).rejects.toThrow(
      /expected combiner to be one of \["AND" "OR" "AND_WITH_MATCHING_RESOURCE"\], got XOR[^]*expected severity to be one of \["CRITICAL" "ERROR" "WARNING" ""\], got BAD/,
    );
  });

  test("of an unknown channel is not made", async () => {
    const notificationChannels = [`projects/${PROJECT}/notificationChannels/1`];
    await expect(standIn.create(POLICY, "x", { ...policy, notificationChannels })).rejects.toThrow(
      "Error creating AlertPolicy: googleapi: Error 404: Notification channel not found",
    );
  });

  test("is deleted, and deleted again", async () => {
    standIn.taken();
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[`DELETE ${API}/v3/${made.id}?alt=json`]]);
    expect(await standIn.refresh(made)).toBeUndefined();
    await standIn.delete(made);
  });
});
