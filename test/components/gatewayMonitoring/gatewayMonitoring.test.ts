import * as pulumi from "@pulumi/pulumi";

import {
  GatewayMonitoring,
  type GatewayMonitoringArgs,
} from "../../../components/gatewayMonitoring";
import { type Recording, register } from "../../support/components";
import type { MockOptions } from "../../support/mocks";
import { UNKNOWN } from "../../../policy-pack/test/support/unknown";
import { childrenOf, find } from "../../../rehearsal/stage/registrations";

const DASHBOARD = "gcp:monitoring/dashboard:Dashboard::monitoring";
const CHANNELS = ["projects/demo/notificationChannels/1"];

function policy(name: string): string {
  return `gcp:monitoring/alertPolicy:AlertPolicy::monitoring-${name}`;
}

const ARGS: GatewayMonitoringArgs = {
  project: "demo",
  network: "projects/demo/global/networks/vpc",
  namespace: "inference",
  poolName: "pool",
  clusters: { "europe-west3": 1, "us-east4": 2 },
  loadBalancing: { mode: "kv-cache", maxUtilization: 60, dryRun: false },
  timeoutSeconds: 600,
  flowControl: true,
  notificationChannels: CHANNELS,
  cost: "| sum | 3.29 |",
};

function registerMonitoring(
  args: Partial<GatewayMonitoringArgs> = {},
  { preview }: MockOptions = {},
): Promise<Recording<GatewayMonitoring>> {
  return register(() => new GatewayMonitoring("monitoring", { ...ARGS, ...args }), { preview });
}

interface Chart {
  dataSets: { plotType: string; timeSeriesQuery: { prometheusQuery: string } }[];
  thresholds?: object[];
  yAxis: { label: string };
}

interface Tile {
  xPos?: number;
  yPos?: number;
  width: number;
  height: number;
  widget: { title: string; text?: { content: string; format: string }; xyChart?: Chart };
}

/** The tiles of the dashboard that was registered. */
async function tilesOf(args: Partial<GatewayMonitoringArgs> = {}): Promise<Tile[]> {
  const { project, dashboardJson } = find(await registerMonitoring(args), DASHBOARD).inputs;
  expect(project).toBe("demo");
  const { displayName, mosaicLayout, ...rest } = JSON.parse(String(dashboardJson)) as {
    displayName: string;
    mosaicLayout: { columns: number; tiles: Tile[] };
  };
  expect({ displayName, columns: mosaicLayout.columns, rest }).toEqual({
    displayName: "Inference gateway",
    columns: 48,
    rest: {},
  });
  return mosaicLayout.tiles;
}

/** Title, unit, queries and lines of each chart. */
async function chartsOf(args: Partial<GatewayMonitoringArgs> = {}) {
  const tiles = await tilesOf(args);
  return tiles.flatMap(({ widget: { title, xyChart } }) =>
    xyChart
      ? [
          {
            title,
            unit: xyChart.yAxis.label,
            queries: xyChart.dataSets.map((set) => set.timeSeriesQuery.prometheusQuery),
            lines: xyChart.thresholds ?? [],
          },
        ]
      : [],
  );
}

const VLLM = 'job="model-server", namespace="inference"';
const PICKER = 'job="pool", namespace="inference"';
const REQUESTS = 'loadbalancing_googleapis_com:https_internal_request_count{network_name="vpc"';
const byRegion = (labels: string) =>
  `sum by (${labels}) (label_replace(rate(${REQUESTS}, backend_scope_type="ZONE"}[5m]), "backend_region", "$1", "backend_scope", "(.+)-[a-z]"))`;
const PER_RULE = byRegion("forwarding_rule_name, backend_region");
const SPILLED = `100 * (1 - sum(max by (forwarding_rule_name) (${PER_RULE})) / sum(${PER_RULE}))`;
const ERRORS = `100 * sum(rate(${REQUESTS}, response_code_class="500"}[5m])) / sum(rate(${REQUESTS}}[5m]))`;
const P99 =
  'histogram_quantile(0.99, sum by (le) (rate(loadbalancing_googleapis_com:https_internal_total_latencies_bucket{network_name="vpc"}[10m]))) / 1000';
const firstToken = (share: number) =>
  `histogram_quantile(${share}, sum by (le, location) (rate(vllm:time_to_first_token_seconds_bucket{${VLLM}}[5m])))`;
const THERE = 'location=~"europe-west3|us-east4"';
const ready = (matcher = "") =>
  `max by (location, cluster) (inference_pool_ready_pods{${PICKER}${matcher && `, ${matcher}`}})`;

describe("GatewayMonitoring", () => {
  test("is a dashboard and six alerts", async () => {
    const made = await registerMonitoring();
    expect(childrenOf(made, "inference-gateway:index:GatewayMonitoring::monitoring")).toEqual([
      ...["errors", "full", "latency", "servers", "signal", "spill"].map(policy),
      DASHBOARD,
    ]);
  });

  test("the dashboard shows what the gateway balances by, and what comes of it", async () => {
    expect(await chartsOf()).toEqual([
      {
        title: "KV cache in use, by region",
        unit: "percent",
        queries: [`100 * avg by (location) (vllm:kv_cache_usage_perc{${VLLM}})`],
        lines: [{ label: "from here on, requests spill over", value: 60 }],
      },
      { title: "Requests that leave their region", unit: "percent", queries: [SPILLED], lines: [] },
      {
        title: "Requests, by the region that answers",
        unit: "per second",
        queries: [byRegion("backend_region")],
        lines: [],
      },
      {
        title: "Requests that wait, by region",
        unit: "requests",
        queries: [
          `sum by (location) (vllm:num_requests_waiting{${VLLM}})`,
          `sum by (location) (inference_extension_flow_control_queue_size{${PICKER}})`,
        ],
        lines: [],
      },
      {
        title: "Time to first token, P50 and P99, by region",
        unit: "seconds",
        queries: [firstToken(0.5), firstToken(0.99)],
        lines: [],
      },
      {
        title: "Latency of whole answers, P99",
        unit: "seconds",
        queries: [P99],
        lines: [{ label: "half of the timeout", value: 300 }],
      },
      { title: "Answers with 5xx", unit: "percent", queries: [ERRORS], lines: [] },
      {
        title: "Model servers that take requests, by cluster",
        unit: "servers",
        queries: [ready()],
        lines: [],
      },
    ]);
    const { widget } = (await tilesOf()).at(-1) ?? {};
    expect(widget).toEqual({
      title: "Cost",
      text: { content: "| sum | 3.29 |", format: "MARKDOWN" },
    });
  });

  test("what balances by something else shows that with its target, and the KV cache without", async () => {
    const inFlight = await chartsOf({
      loadBalancing: {
        mode: "in-flight",
        maxInFlightRequestsPerEndpoint: 100,
        trafficDuration: "LONG",
      },
    });
    const kvCache = {
      title: "KV cache in use, by region",
      unit: "percent",
      queries: [`100 * avg by (location) (vllm:kv_cache_usage_perc{${VLLM}})`],
      lines: [],
    };
    const label = "from here on, requests spill over";
    expect(inFlight.slice(0, 2)).toEqual([
      {
        title: "Requests in a model server, by region",
        unit: "requests",
        queries: [
          `avg by (location) (vllm:num_requests_running{${VLLM}} + vllm:num_requests_waiting{${VLLM}})`,
        ],
        lines: [{ label, value: 100 }],
      },
      kvCache,
    ]);
    const rate = await chartsOf({ loadBalancing: { mode: "rate", maxRatePerEndpoint: 5 } });
    expect(rate.slice(0, 2)).toEqual([
      {
        title: "Requests per second of a model server, by region",
        unit: "requests per second",
        queries: [
          `sum by (location) (rate(vllm:request_success_total{${VLLM}}[5m])) / count by (location) (vllm:kv_cache_usage_perc{${VLLM}})`,
        ],
        lines: [{ label, value: 5 }],
      },
      kvCache,
    ]);
  });

  test("without flow control, no request waits in a picker", async () => {
    const waiting = (await chartsOf({ flowControl: false })).filter(({ title }) =>
      title.startsWith("Requests that wait"),
    );
    expect(waiting.map(({ queries }) => queries)).toEqual([
      [`sum by (location) (vllm:num_requests_waiting{${VLLM}})`],
    ]);
  });

  test("tiles fill two columns, and say no position of 0", async () => {
    const tiles = await tilesOf();
    expect(tiles.slice(0, 3).map(({ widget: _, ...place }) => place)).toEqual([
      { width: 24, height: 16 },
      { xPos: 24, width: 24, height: 16 },
      { yPos: 16, width: 24, height: 16 },
    ]);
  });

  test("a line is where Google's 32 bits put it", async () => {
    const charts = await chartsOf({ timeoutSeconds: 601, loadBalancing: RATE });
    expect(charts.flatMap(({ lines }) => lines)).toEqual([
      expect.objectContaining({ value: 16777216 }),
      expect.objectContaining({ value: 300.5 }),
    ]);
  });

  test.each([
    [
      "latency",
      "timeout is too short",
      "ERROR",
      [["Twice the P99 latency is above the timeout of 600 s", `2 * ${P99} > 600`, "600s", "60s"]],
    ],
    [
      "full",
      "all regions are full",
      "ERROR",
      [
        [
          "Every region is above 60 percent",
          `min(100 * avg by (location) (vllm:kv_cache_usage_perc{${VLLM}, ${THERE}})) > 60`,
          "600s",
          "60s",
        ],
      ],
    ],
    [
      "errors",
      "requests fail",
      "CRITICAL",
      [["More than 5 % of the answers are 5xx", `${ERRORS} > 5`, "300s", "60s"]],
    ],
    [
      "servers",
      "a cluster serves nothing",
      "CRITICAL",
      [
        ["An endpoint picker has no model server to choose", `${ready(THERE)} < 1`, "300s", "60s"],
        [
          "An endpoint picker is silent",
          `absent(inference_pool_ready_pods{${PICKER}, location="europe-west3"}) or ` +
            `absent(inference_pool_ready_pods{${PICKER}, location="us-east4"}) or ` +
            `count by (location) (${ready('location="us-east4"')}) < 2`,
          "600s",
          "60s",
        ],
      ],
    ],
    [
      "signal",
      "a cluster reports no KV cache",
      "ERROR",
      [
        [
          "Model servers are ready, and their KV cache is not reported",
          `${ready(THERE)} > 0 unless on (location, cluster) ` +
            `count by (location, cluster) (vllm:kv_cache_usage_perc{${VLLM}, ${THERE}})`,
          "600s",
          "60s",
        ],
      ],
    ],
    [
      "spill",
      "requests leave their region for long",
      "WARNING",
      [["More than 20 % of the requests leave their region", `${SPILLED} > 20`, "3600s", "300s"]],
    ],
  ])("alert %s", async (name, title, severity, conditions) => {
    const { inputs } = find(await registerMonitoring(), policy(name));
    expect(inputs).toEqual({
      project: "demo",
      displayName: `Inference gateway: ${title}`,
      severity,
      combiner: "OR",
      conditions: conditions.map(([displayName, query, duration, evaluationInterval]) => ({
        displayName,
        conditionPrometheusQueryLanguage: {
          query,
          duration,
          evaluationInterval,
          disableMetricValidation: true,
        },
      })),
      notificationChannels: CHANNELS,
      documentation: {
        content: expect.stringMatching(/^[^]{150,}$/),
        mimeType: "text/markdown",
      },
    });
  });

  test("with one region there is no alert of requests that leave it", async () => {
    const made = await registerMonitoring({ clusters: { "us-east4": 1 } });
    const names = made.registrations.map(({ name }) => name);
    expect(names).toContain("monitoring-full");
    expect(names).not.toContain("monitoring-spill");
  });

  test("in a first preview the VPC has no name, so that no query is known", async () => {
    const network = pulumi.output("");
    Object.assign(network, { isKnown: Promise.resolve(false) });
    const preview = await registerMonitoring({ network }, { preview: true });
    expect(find(preview, DASHBOARD).inputs.dashboardJson).toBe(UNKNOWN);
    expect(find(preview, policy("errors")).inputs).toMatchObject({
      displayName: "Inference gateway: requests fail",
      conditions: [{ conditionPrometheusQueryLanguage: { query: UNKNOWN, duration: "300s" } }],
    });
  });

  test("its URL is that of the dashboard in the console", async () => {
    const { component } = await registerMonitoring();
    const url = await new Promise((resolve) => component.dashboardUrl.apply(resolve));
    expect(url).toBe(
      "https://console.cloud.google.com/monitoring/dashboards/builder/monitoring-id?project=demo",
    );
  });
});

/** A target that 32 bits do not hold. */
const RATE = { mode: "rate", maxRatePerEndpoint: 16777217 } as const;
