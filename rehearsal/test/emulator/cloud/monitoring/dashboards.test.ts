import { projectNumber } from "../../../../emulator/cloud/numericIds";
import { PROJECT, TestCloud } from "../support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["monitoring"]);
});
afterEach(() => cloud.stop());

const HOST = "https://monitoring.googleapis.com";
const DASHBOARDS = `${HOST}/v1/projects/${PROJECT}/dashboards`;
const NUMBER = projectNumber(PROJECT);

const CHART = {
  title: "Requests",
  xyChart: {
    dataSets: [{ plotType: "LINE", timeSeriesQuery: { prometheusQuery: "up" } }],
    thresholds: [{ label: "target", value: 60 }],
    yAxis: { label: "percent" },
  },
};
const TILE = { xPos: 24, width: 24, height: 16, widget: CHART };
const DASHBOARD = {
  displayName: "Gateway",
  mosaicLayout: { columns: 48, tiles: [TILE, { width: 24, height: 16, widget: { text: {} } }] },
};
const withTile = (tile: object) => ({
  ...DASHBOARD,
  mosaicLayout: { columns: 48, tiles: [{ ...TILE, ...tile }] },
});
const withChart = (xyChart: object) =>
  withTile({ widget: { xyChart: { ...CHART.xyChart, ...xyChart } } });
const made = (body: object = DASHBOARD) => cloud.run("POST", DASHBOARDS, body);

describe("a dashboard", () => {
  it("is made, shown by the project's number, listed, changed and deleted", async () => {
    const { name, etag } = await made();
    expect(name).toMatch(new RegExp(`^projects/${NUMBER}/dashboards/[0-9a-f-]{36}$`));
    const url = `${HOST}/v1/${String(name)}`;
    expect(await cloud.run("GET", url)).toMatchObject({ name, etag, displayName: "Gateway" });
    expect(await cloud.run("GET", DASHBOARDS)).toMatchObject({ dashboards: [{ name }] });
    const changed = await cloud.run("PATCH", url, { ...DASHBOARD, displayName: "G", etag });
    expect(changed).toMatchObject({ name, displayName: "G" });
    expect(changed.etag).not.toBe(etag);
    expect(await cloud.run("DELETE", url)).toEqual({});
    await expect(cloud.run("GET", url)).rejects.toThrow("404 Requested entity was not found.");
    expect(await cloud.run("GET", DASHBOARDS)).toEqual({});
  });

  it("has the id that its client chose", async () => {
    const { name } = await made({ ...DASHBOARD, name: `projects/${PROJECT}/dashboards/mine` });
    expect(name).toBe(`projects/${NUMBER}/dashboards/mine`);
  });

  it("is looked at without being kept", async () => {
    const looked = await cloud.run("POST", `${DASHBOARDS}?validateOnly=true`, DASHBOARD);
    expect(looked).toMatchObject({ displayName: "Gateway" });
    expect(await cloud.run("GET", DASHBOARDS)).toEqual({});
  });

  it("comes back without zeros, with defaults, and with thresholds of 32 bits", async () => {
    const { mosaicLayout } = await made({
      ...DASHBOARD,
      labels: {},
      mosaicLayout: {
        columns: 48,
        tiles: [
          {
            xPos: 0,
            yPos: 0,
            width: 24,
            height: 16,
            widget: {
              xyChart: {
                ...CHART.xyChart,
                thresholds: [{ label: "", value: 0.6 }],
                timeshiftDuration: "0s",
              },
            },
          },
          { ...TILE, widget: { text: { content: "hello" } } },
        ],
      },
    });
    expect(mosaicLayout).toEqual({
      columns: 48,
      tiles: [
        {
          width: 24,
          height: 16,
          widget: {
            xyChart: {
              dataSets: [
                { targetAxis: "Y1", plotType: "LINE", timeSeriesQuery: { prometheusQuery: "up" } },
              ],
              thresholds: [{ targetAxis: "Y1", value: 0.6000000238418579 }],
              timeshiftDuration: "0s",
              yAxis: { scale: "LINEAR", label: "percent" },
            },
          },
        },
        { ...TILE, widget: { text: { content: "hello", format: "MARKDOWN", style: {} } } },
      ],
    });
  });

  it.each([
    ["has a name", { displayName: "" }, "Dashboard is missing required field displayName."],
    [
      "has at most 48 columns",
      { mosaicLayout: { columns: 49, tiles: [] } },
      'Field mosaicLayout.columns has an invalid value of "49": must be between 1 and 48.',
    ],
    [
      "has tiles inside of its columns",
      withTile({ xPos: 25 }),
      'Field mosaicLayout.tiles[0] has an invalid value of "xPos 25, width 24": must be within 48 columns.',
    ],
    [
      "has no tile left of it",
      withTile({ xPos: -1 }),
      'Field mosaicLayout.tiles[0].xPos has an invalid value of "-1": must not be negative.',
    ],
    [
      "has no tile above it",
      withTile({ yPos: -1 }),
      'Field mosaicLayout.tiles[0].yPos has an invalid value of "-1": must not be negative.',
    ],
    [
      "has tiles with a width",
      withTile({ width: 0 }),
      'Field mosaicLayout.tiles[0].width has an invalid value of "0": must be at least 1.',
    ],
    [
      "has tiles with a height",
      withTile({ height: 0 }),
      'Field mosaicLayout.tiles[0].height has an invalid value of "0": must be at least 1.',
    ],
    [
      "has no tile on another",
      { mosaicLayout: { columns: 48, tiles: [TILE, { ...TILE, xPos: 23, yPos: 15 }] } },
      "Field mosaicLayout.tiles[1] has an invalid value: overlaps mosaicLayout.tiles[0].",
    ],
    [
      "has widgets with something in them",
      withTile({ widget: { title: "nothing" } }),
      "Dashboard is missing required field mosaicLayout.tiles[0].widget.content.",
    ],
    [
      "has charts of something",
      withChart({ dataSets: [] }),
      "Dashboard is missing required field mosaicLayout.tiles[0].widget.xyChart.dataSets.",
    ],
    [
      "has data sets with a query",
      withChart({ dataSets: [{ plotType: "LINE" }] }),
      "Dashboard is missing required field mosaicLayout.tiles[0].widget.xyChart.dataSets[0].timeSeriesQuery.",
    ],
    [
      "has queries that ask for something",
      withChart({ dataSets: [{ timeSeriesQuery: { unitOverride: "1" } }] }),
      "Dashboard is missing required field mosaicLayout.tiles[0].widget.xyChart.dataSets[0].timeSeriesQuery.source.",
    ],
    [
      "has no coloured thresholds in its charts",
      withChart({ thresholds: [{ value: 1, color: "RED" }] }),
      'Field mosaicLayout.tiles[0].widget.xyChart.thresholds[0].color has an invalid value of "RED": color is not allowed in a XyChart.',
    ],
  ])("%s", async (_, change, message) => {
    await expect(made({ ...DASHBOARD, ...change })).rejects.toThrow(`400 ${message}`);
  });

  it("has tiles that touch, and groups that span them", async () => {
    const group = { title: "all", collapsibleGroup: {} };
    const below = { ...TILE, yPos: 16 };
    const tiles = [{ width: 48, height: 32, widget: group }, TILE, below];
    await made({ ...DASHBOARD, mosaicLayout: { columns: 48, tiles } });
  });

  it("has no field that Google does not know", async () => {
    await expect(made(withTile({ legacyRows: 1 }))).rejects.toThrow(
      "400 Invalid JSON payload received. Unknown name \"legacyRows\" at 'mosaic_layout.tiles[0]': Cannot find field.",
    );
  });

  it("is changed by who has seen it as it is", async () => {
    const { name, etag } = await made();
    const patch = (body: object) => cloud.run("PATCH", `${HOST}/v1/${String(name)}`, body);
    await expect(patch(DASHBOARD)).rejects.toThrow(
      "400 Update Dashboard should specify a non empty etag.",
    );
    await patch({ ...DASHBOARD, displayName: "G", etag });
    await expect(patch({ ...DASHBOARD, etag })).rejects.toThrow(
      `409 The etag "${String(etag)}" is not the current one: the dashboard was changed meanwhile.`,
    );
  });

  it("goes with its stack", async () => {
    await made();
    expect(await cloud.run("GET", "/admin/resources")).toEqual([
      expect.objectContaining({ service: "monitoring.googleapis.com", type: "Dashboard" }),
    ]);
  });
});
