import type { GatewayMonitoringArgs } from "./args";
import type { Scope } from "./promql";
import {
  balanced,
  errors,
  p99Latency,
  readyServers,
  requestsByRegion,
  spilled,
  timeToFirstToken,
  utilization,
  waitingInPickers,
  waitingInServers,
} from "./queries";

/** The part of Google's `Dashboard` that is used here. */
export interface Dashboard {
  displayName: string;
  mosaicLayout: { columns: number; tiles: Tile[] };
}

interface Tile {
  xPos?: number;
  yPos?: number;
  width: number;
  height: number;
  widget: Widget;
}

interface Widget {
  title: string;
  text?: { content: string; format: "MARKDOWN" };
  xyChart?: {
    dataSets: { plotType: PlotType; timeSeriesQuery: { prometheusQuery: string } }[];
    thresholds?: { label: string; value: number }[];
    yAxis: { label: string };
  };
}

type PlotType = "LINE" | "STACKED_AREA";

/** As many columns as Google allows, so that every width is a whole number. */
const COLUMNS = 48;
const WIDTH = COLUMNS / 2;
const HEIGHT = 16;

export function dashboard(args: GatewayMonitoringArgs, scope: Scope): Dashboard {
  const { loadBalancing, timeoutSeconds, flowControl, cost } = args;
  const { title, unit, query, target } = balanced(loadBalancing);
  const spillsOver = line("from here on, requests spill over", target);
  const waiting = [waitingInServers(scope), ...(flowControl ? [waitingInPickers(scope)] : [])];
  return {
    displayName: "Inference gateway",
    mosaicLayout: {
      columns: COLUMNS,
      tiles: inTwoColumns([
        chart(title, unit, [query(scope)], { lines: [spillsOver] }),
        ...(loadBalancing.mode === "kv-cache"
          ? []
          : [chart("KV cache in use, by region", "percent", [utilization(scope)])]),
        chart("Requests that leave their region", "percent", [spilled(scope)]),
        chart("Requests, by the region that answers", "per second", [requestsByRegion(scope)], {
          plotType: "STACKED_AREA",
        }),
        chart("Requests that wait, by region", "requests", waiting),
        chart("Time to first token, P50 and P99, by region", "seconds", [
          timeToFirstToken(0.5, scope),
          timeToFirstToken(0.99, scope),
        ]),
        chart("Latency of whole answers, P99", "seconds", [p99Latency(scope)], {
          lines: [line("half of the timeout", timeoutSeconds / 2)],
        }),
        chart("Answers with 5xx", "percent", [errors(scope)]),
        chart("Model servers that take requests, by cluster", "servers", [readyServers(scope)]),
        { title: "Cost", text: { content: cost, format: "MARKDOWN" } },
      ]),
    },
  };
}

interface ChartOptions {
  /** @default "LINE" */
  plotType?: PlotType;
  /** @default none */
  lines?: { label: string; value: number }[];
}

function chart(
  title: string,
  unit: string,
  queries: string[],
  { plotType = "LINE", lines }: ChartOptions = {},
): Widget {
  const dataSets = queries.map((prometheusQuery) => ({
    plotType,
    timeSeriesQuery: { prometheusQuery },
  }));
  return {
    title,
    xyChart: { dataSets, ...(lines && { thresholds: lines }), yAxis: { label: unit } },
  };
}

/**
 * Google keeps 32 bits of a threshold: 0.6 comes back as 0.6000000238418579, which would be a difference at every `up`
 * (hashicorp/terraform-provider-google#8225).
 */
function line(label: string, value: number) {
  return { label, value: Math.fround(value) };
}

/** A position of 0 is left out, because Google's answer lacks it (hashicorp/terraform-provider-google#16173). */
function inTwoColumns(widgets: Widget[]): Tile[] {
  return widgets.map((widget, i) => {
    const [xPos, yPos] = [(i % 2) * WIDTH, Math.floor(i / 2) * HEIGHT];
    return {
      ...(xPos > 0 && { xPos }),
      ...(yPos > 0 && { yPos }),
      width: WIDTH,
      height: HEIGHT,
      widget,
    };
  });
}
