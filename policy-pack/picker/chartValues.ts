import { isAtLeast } from "../fleet/version";
import type { Dated, Value } from "../frame";
import { GAUGE_FLAG, METRIC_FLAGS, METRIC_FLAGS_REFUSED } from "../pods/kvGauge";

export const CHART_VALUES_DATED: Dated = {
  title: "Values that some releases of the chart inferencepool do not know, or break on",
  source:
    "config/charts/inferencepool of https://github.com/kubernetes-sigs/gateway-api-inference-extension, " +
    "tags v1.1.0 to v1.5.0",
  asOf: "2026-08-10",
  goodForMonths: 6,
};

/** A value of chart `inferencepool` that some versions do not know, or fail with. */
export interface ChartValue {
  /** Keys below `values`. */
  readonly keys: readonly string[];
  /** First version that it is wrong for. @default every version */
  readonly from?: string;
  /** First version that it is right for. @default none */
  readonly before?: string;
  /** What is wrong with it; undefined if nothing is. @default anything that is set */
  readonly isWrong?: (value: Value, values: Value) => boolean;
  readonly problem: string;
  readonly fix: string;
}

const ignored = "the chart has no such value";

/** Values that the chart's templates of v1.1.0 to v1.5.0 ignore or fail with. */
export const WRONG_VALUES: readonly ChartValue[] = [
  {
    keys: ["inferenceExtension", "monitoring", "gke", "enabled"],
    from: "1.3.0",
    problem: `${ignored} from v1.3.0 on, so the endpoint picker's metrics are not read`,
    fix: "set inferenceExtension.monitoring.prometheus.enabled in its place",
  },
  {
    keys: ["inferencePool", "targetPortNumber"],
    from: "1.5.0",
    problem: `${ignored} from v1.5.0 on, so the pool and its health check stay at targetPorts`,
    fix: "set inferencePool.targetPorts in its place",
  },
  {
    keys: ["inferenceObjectives"],
    before: "1.5.0",
    problem: `${ignored} before v1.5.0, so there are no objectives`,
    fix: "register InferenceObjectives beside the chart",
  },
  {
    keys: ["inferenceObjectives"],
    from: "1.5.0",
    before: "1.5.1",
    problem: "chart v1.5.0 does not render with any (nil pointer in its template)",
    fix: "register InferenceObjectives beside the chart",
  },
  {
    keys: ["inferenceExtension", "flags"],
    from: "1.2.0",
    isWrong: ({ items }) => items !== undefined && items.length > 0,
    problem: "is a list, of which the chart from v1.2.0 on makes flags --0, --1 and so on",
    fix: "write an object of flags and their values",
  },
  {
    keys: ["inferenceExtension", "flags"],
    before: "1.2.0",
    isWrong: ({ fields }) => fields !== undefined && fields.length > 0,
    problem: "is an object, with which the chart before v1.2.0 does not render",
    fix: "write a list of { name, value }",
  },
  ...["hub", "name"].map((key) => ({
    keys: ["inferenceExtension", "image", key],
    from: "1.5.0",
    problem: `${ignored} from v1.5.0 on, so the image comes from registry.k8s.io`,
    fix: "set image.registry and image.repository in its place",
  })),
  ...["registry", "repository"].map((key) => ({
    keys: ["inferenceExtension", "image", key],
    before: "1.5.0",
    problem: `${ignored} before v1.5.0, so the image comes from registry.k8s.io`,
    fix: "set image.hub and image.name in its place",
  })),
  {
    keys: ["inferenceExtension", "failureMode"],
    before: "1.4.0",
    problem: "a v1 pool does not get it from the chart before v1.4.0, so it fails closed",
    fix: "use chart v1.4.0 or newer",
  },
  {
    keys: ["inferencePool", "modelServerType"],
    from: "1.4.0",
    isWrong: ({ raw }, values) => raw !== "vllm" && !readsWithoutFlags(values),
    problem: `the chart then sets --${GAUGE_FLAG}, at which its endpoint picker exits at once`,
    fix:
      'set it to "vllm", and say what serves by the pods\' label ' +
      "inference.networking.k8s.io/engine-type (endpoint picker v1.5.0)",
  },
  {
    keys: ["istio"],
    from: "1.4.0",
    problem: `${ignored} from v1.4.0 on`,
    fix: "remove it; settings for Istio are at provider.istio",
  },
  ...METRIC_FLAGS.map((flag) => ({
    keys: ["inferenceExtension", "flags", flag],
    from: METRIC_FLAGS_REFUSED,
    problem: `the endpoint picker from v${METRIC_FLAGS_REFUSED} on exits at once where it is set`,
    fix: "remove it; name another metric in engineConfigs of pluginsCustomConfig",
  })),
];

/** Whether an entry says something about the values as they stand. */
export function isWrongIn(entry: ChartValue, values: Value, version: string): boolean {
  const { keys, from, before, isWrong = isSet } = entry;
  const value = values.at(...keys);
  return (
    value.present &&
    (from === undefined || isAtLeast(version, from) === true) &&
    (before === undefined || isAtLeast(version, before) === false) &&
    isWrong(value, values)
  );
}

/** An empty value or false does no harm, even where the chart does not know it. */
function isSet({ raw, items, fields }: Value): boolean {
  return raw !== false && raw !== "" && items?.length !== 0 && fields?.length !== 0;
}

/** With the latency predictor the chart sets no flags for metrics. */
function readsWithoutFlags(values: Value): boolean {
  return values.at("inferenceExtension", "latencyPredictor", "enabled").raw === true;
}
