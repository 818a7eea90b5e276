import { projectNumber } from "../../../emulator/cloud/numericIds";
import { metricsIn } from "../../../emulator/cloud/services/monitoring/promql";
import { PROJECT, TestCloud } from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["monitoring"]);
});
afterEach(() => cloud.stop());

const HOST = "https://monitoring.googleapis.com";
const DASHBOARDS = `${HOST}/v1/projects/${PROJECT}/dashboards`;
const POLICIES = `${HOST}/v3/projects/${PROJECT}/alertPolicies`;
const CHANNELS = `${HOST}/v3/projects/${PROJECT}/notificationChannels`;
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

const PROMQL = { query: "up < 1", duration: "300s", disableMetricValidation: true };
const CONDITION = { displayName: "down", conditionPrometheusQueryLanguage: PROMQL };
const POLICY = {
  displayName: "Gateway is down",
  combiner: "OR",
  conditions: [CONDITION],
  documentation: { content: "Look.", mimeType: "text/markdown" },
};
const withPromql = (promql: object) => ({
  conditions: [{ conditionPrometheusQueryLanguage: { ...PROMQL, ...promql } }],
});
const policy = (body: object = {}) => cloud.run("POST", POLICIES, { ...POLICY, ...body });
const channel = async () =>
  String((await cloud.run("POST", CHANNELS, { type: "email", displayName: "us" })).name);

describe("an alert policy", () => {
  it("is made, listed, changed as its mask says, and deleted", async () => {
    const made = await policy();
    const { name } = made;
    const url = `${HOST}/v3/${String(name)}`;
    const record = {
      mutateTime: expect.stringMatching(/Z$/),
      mutatedBy: expect.stringMatching(/./),
    };
    expect(made).toEqual({
      ...POLICY,
      name: expect.stringMatching(new RegExp(`^projects/${PROJECT}/alertPolicies/\\d+$`)),
      enabled: true,
      conditions: [
        { ...CONDITION, name: expect.stringMatching(/\/alertPolicies\/\d+\/conditions\/\d+$/) },
      ],
      creationRecord: record,
      mutationRecord: record,
    });
    expect(await cloud.run("GET", url)).toEqual(made);
    expect(await cloud.run("GET", POLICIES)).toEqual({ alertPolicies: [made], totalSize: 1 });
    const asked = { displayName: "Other", severity: "CRITICAL" };
    const changed = await cloud.run("PATCH", `${url}?updateMask=displayName`, asked);
    expect(changed).toMatchObject({ name, displayName: "Other", conditions: made.conditions });
    expect(changed).not.toHaveProperty("severity");
    expect(await cloud.run("DELETE", url)).toEqual({});
    await expect(cloud.run("GET", url)).rejects.toThrow("404 Requested entity was not found.");
    expect(await cloud.run("GET", POLICIES)).toEqual({});
  });

  it("is replaced by a change without a mask", async () => {
    const { name, conditions } = await policy({ severity: "ERROR" });
    const url = `${HOST}/v3/${String(name)}`;
    const changed = await cloud.run("PATCH", url, { ...POLICY, conditions });
    expect(changed).toMatchObject({ name, conditions });
    expect(changed).not.toHaveProperty("severity");
  });

  it("cannot change what the server sets", async () => {
    const { name } = await policy();
    await expect(
      cloud.run("PATCH", `${HOST}/v3/${String(name)}?updateMask=name`, POLICY),
    ).rejects.toThrow('400 Invalid update_mask: "name" cannot be changed, but alertStrategy,');
  });

  it.each([
    [
      "has a name",
      { displayName: "" },
      'Field alert_policy.display_name had an invalid value of "": The name is required, and at most 512 characters long.',
    ],
    [
      "has a name of at most 512 characters",
      { displayName: "x".repeat(513) },
      `Field alert_policy.display_name had an invalid value of "${"x".repeat(20)}": The name is`,
    ],
    [
      "has a condition",
      { conditions: [] },
      'Field alert_policy.conditions had an invalid value of "0": A policy can have from one to six conditions.',
    ],
    [
      "has at most six conditions",
      { conditions: new Array(7).fill(CONDITION) },
      'Field alert_policy.conditions had an invalid value of "7": A policy can have from one to six conditions.',
    ],
    [
      "has conditions of a kind",
      { conditions: [{ displayName: "down" }] },
      'Field alert_policy.conditions[0].condition_case had an invalid value of "0": Condition subtype (e.g. "condition_absent","condition_threshold", etc.) is absent or unknown.',
    ],
    [
      "asks for something",
      withPromql({ query: "" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.query had an invalid value of "": The query is not a PromQL expression.',
    ],
    [
      "asks in PromQL",
      withPromql({ query: "sum(up" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.query had an invalid value of "sum(up": The query is not a PromQL expression.',
    ],
    [
      "waits no negative time",
      withPromql({ duration: "-1s" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.duration had an invalid value of "-1s": Must be a non-negative duration.',
    ],
    [
      "is evaluated every 30 seconds or a multiple",
      withPromql({ evaluationInterval: "45s" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.evaluation_interval had an invalid value of "45s": Must be a positive multiple of 30 seconds.',
    ],
    [
      "is evaluated sometimes",
      withPromql({ evaluationInterval: "0s" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.evaluation_interval had an invalid value of "0s": Must be a positive multiple of 30 seconds.',
    ],
    [
      "names its rule as Prometheus does",
      withPromql({ alertRule: "my-rule" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language had an invalid value of "my-rule": Must be a valid Prometheus label name.',
    ],
    [
      "has labels with names of Prometheus",
      withPromql({ labels: { "a-b": "c" } }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language had an invalid value of "a-b": Must be a valid Prometheus label name.',
    ],
    [
      "asks for metrics that are reported, unless it says not to look",
      withPromql({ query: "vllm:kv_cache_usage_perc > 1", disableMetricValidation: false }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.query had an invalid value of "vllm:kv_cache_usage_perc": The metric was not found in the project.',
    ],
    [
      "is documented in at most 8192 characters",
      { documentation: { content: "x".repeat(8193), mimeType: "text/markdown" } },
      "Field alert_policy.documentation.content had an invalid value of",
    ],
    [
      "is documented in at most 10240 bytes",
      { documentation: { content: "ü".repeat(5121), mimeType: "text/markdown" } },
      "Field alert_policy.documentation.content had an invalid value of",
    ],
    [
      "is documented in Markdown",
      { documentation: { content: "x", mimeType: "text/plain" } },
      'Field alert_policy.documentation.mime_type had an invalid value of "text/plain": Only "text/markdown" is supported.',
    ],
    [
      "has at most three links",
      { documentation: { links: new Array(4).fill({ url: "https://example.com" }) } },
      'Field alert_policy.documentation.links had an invalid value of "4": At most 3 are supported.',
    ],
    [
      "names its channels in full",
      { notificationChannels: ["us"] },
      "Name must begin with 'projects/{project_id}/notificationChannels/{channel_id}', got: us",
    ],
  ])("%s", async (_, change, message) => {
    await expect(policy(change)).rejects.toThrow(`400 ${message}`);
  });

  it("asks for Google's own metrics without more ado", async () => {
    const query = "rate(loadbalancing_googleapis_com:https_internal_request_count[5m]) > 1";
    await policy(withPromql({ query, disableMetricValidation: false }));
  });

  it("has channels that are there", async () => {
    const name = await channel();
    const gone = name.replace(/\d+$/, "1");
    await expect(policy({ notificationChannels: [name, gone] })).rejects.toThrow(
      "404 Notification channel not found",
    );
    const made = await policy({ notificationChannels: [name] });
    expect(made).toMatchObject({ notificationChannels: [name] });
    const url = `${HOST}/v3/${String(made.name)}?updateMask=notificationChannels`;
    await expect(cloud.run("PATCH", url, { notificationChannels: [gone] })).rejects.toThrow(
      "404 Notification channel not found",
    );
  });
});

describe("a notification channel", () => {
  it("is made, listed and deleted", async () => {
    const name = await channel();
    const listed = await cloud.run("GET", CHANNELS);
    expect(listed).toMatchObject({ notificationChannels: [{ name, enabled: true }], totalSize: 1 });
    expect(await cloud.run("GET", `${HOST}/v3/${name}`)).toMatchObject({ name, type: "email" });
    await cloud.run("DELETE", `${HOST}/v3/${name}`);
    expect(await cloud.run("GET", CHANNELS)).toEqual({});
    await expect(cloud.run("DELETE", `${HOST}/v3/${name}`)).rejects.toThrow(
      "404 Requested entity was not found.",
    );
  });

  it("stays as long as a policy names it, unless it is forced away", async () => {
    const name = await channel();
    const made = await policy({ notificationChannels: [name] });
    await expect(cloud.run("DELETE", `${HOST}/v3/${name}`)).rejects.toThrow(
      `400 Could not delete "${name}" because it is still being referenced by: "${String(made.name)}"`,
    );
    await cloud.run("DELETE", `${HOST}/v3/${name}?force=true`);
    const left = await cloud.run("GET", `${HOST}/v3/${String(made.name)}`);
    expect(left).not.toHaveProperty("notificationChannels");
  });

  it("was there before a stack, and stays when it goes", async () => {
    await channel();
    expect(await cloud.run("GET", "/admin/resources")).toEqual([]);
  });
});

describe("metrics of a query", () => {
  it.each([
    ["up", ["up"]],
    ['absent(up{job="a", text="sum(x)"}) or up offset 5m', ["up"]],
    ["100 * avg by (location) (vllm:kv_cache_usage_perc) > 60", ["vllm:kv_cache_usage_perc"]],
    ["a > 0 unless on (location, cluster) count by (location) (b)", ["a", "b"]],
    ['sum(label_replace(rate(a[5m]), "r", "$1", "s", "(.+)-[a-z]")) / sum(b)', ["a", "b"]],
    ["vector(1)", []],
  ])("%s", (query, metrics) => {
    expect(metricsIn(query)).toEqual(metrics);
  });

  it.each(["", " ", "sum(up", "up)", 'up{a="b', "up ; down", "a[5m"])(
    "are none of: %s",
    (query) => {
      expect(metricsIn(query)).toBeUndefined();
    },
  );
});
