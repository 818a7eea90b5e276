import { autoscalingMetrics } from "../fleet/kinds";
import { Scopes } from "../fleet/scopes";
import {
  allOn,
  type Finding,
  nearest,
  on,
  pending,
  reliability,
  requireValue,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { gaugesOf, hasGauge, KV_GAUGES } from "../pods/kvGauge";
import { silenceFindings } from "../pods/silence";
import { METRICS_PATH, type ModelServer, ModelServers } from "../pods/modelServer";

export const metricFitsServer = stackPolicy({
  name: "metric-fits-server",
  description: "The model servers report the metric that the load balancer balances on.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Name in the AutoscalingMetric the gauge of the model server's version, and the port and the " +
    "path that it reports at. vLLM calls it vllm:kv_cache_usage_perc from 0.10.2 on, SGLang " +
    "sglang:token_usage. Start vLLM without --disable-log-stats, and SGLang with " +
    "--enable-metrics: otherwise they report nothing.",
  url: "https://github.com/vllm-project/vllm/pull/24245",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const servers = new ModelServers(scopes);
    for (const metric of stack.select(autoscalingMetrics)) {
      const scope = scopes.of(metric);
      for (const { matchLabels, port, path, sources } of readingsOf(metric)) {
        for (const server of servers.selectedBy(matchLabels, scope)) {
          yield* portFindings(metric, port, server);
          yield* pathFindings(metric, path, server);
          yield* switchFindings(metric, sources, server);
          for (const source of sources) {
            yield* sourceFindings(metric, source, server);
          }
        }
      }
    }
  },
});

/** What is read at one port of the pods that are selected. */
interface Reading {
  readonly matchLabels: Value;
  readonly port: Value;
  readonly path: Value;
  /** Names of metrics as the pods report them. */
  readonly sources: readonly Value[];
}

/** Both shapes: `spec.endpoints[]`, and since GKE 1.35.1 `spec.metrics[].pod.containers[]`. */
function readingsOf({ props }: Resource): readonly Reading[] {
  const spec = props.at("spec");
  const flat = (spec.at("endpoints").items ?? []).map((endpoint) => ({
    matchLabels: spec.at("selector", "matchLabels"),
    port: endpoint.at("port"),
    path: endpoint.at("path"),
    sources: (endpoint.at("metrics").items ?? []).map((metric) => metric.at("name")),
  }));
  const ofPods = (spec.at("metrics").items ?? []).flatMap((metric) => {
    const pod = metric.at("pod");
    return (pod.at("containers").items ?? []).map((container) => ({
      matchLabels: pod.at("selector", "matchLabels"),
      port: container.at("endpoint", "port"),
      path: container.at("endpoint", "path"),
      sources: (container.at("metrics").items ?? []).map((each) => sourceOf(each.at("gauge"))),
    }));
  });
  return [...flat, ...ofPods];
}

/**
 * Source: https://prometheus.io/docs/concepts/data_model/. Without one, GKE reads the metric by the
 * exported name.
 */
const PROMETHEUS_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

function sourceOf(gauge: Value): Value {
  const source = gauge.at("prometheusMetricName");
  return source.absent ? gauge.at("name") : source;
}

function* sourceFindings(metric: Resource, source: Value, server: ModelServer): Generator<Finding> {
  const problem = `${server.title} of ${server.resource.name} does not report ${source}`;
  const meant = nearest(source.text ?? "", gaugesOf(server) ?? []);
  if (source.unknown) {
    yield on(metric, pending(source));
  } else if (source.text !== undefined && !PROMETHEUS_NAME.test(source.text)) {
    const [gauge = "the gauge of its version"] = gaugesOf(server) ?? [];
    const unnamed = `${problem}: that is not a valid name of a Prometheus metric`;
    yield on(metric, violation(source, unnamed, `name what it reports, "${gauge}"`));
  } else if (KV_GAUGES.includes(source.text ?? "")) {
    const fits = hasGauge(server, source.text ?? "");
    if (server.image.unknown) {
      yield on(server.resource, pending(server.image));
    } else if (fits === false) {
      const [gauge] = gaugesOf(server) ?? [];
      const other = gauge === undefined ? "the gauge of its version" : `"${gauge}"`;
      yield on(metric, violation(source, problem, `write ${other}`));
    }
  } else if (meant !== undefined) {
    yield on(metric, violation(source, problem, `did you mean ${meant}?`));
  }
}

/** Flags of the server that leave nothing to read, whatever it is called. */
function switchFindings(
  metric: Resource,
  sources: readonly Value[],
  server: ModelServer,
): Iterable<Finding> {
  const { engine } = server;
  const own = sources.find(({ text }) => engine !== undefined && text?.startsWith(`${engine}:`));
  return own === undefined ? [] : silenceFindings(server, `${metric.name} finds no ${own}`);
}

/** A pod that declares no ports may listen on any. */
function* portFindings(metric: Resource, port: Value, server: ModelServer): Generator<Finding> {
  const { ports } = server;
  if (ports === undefined || port.absent) {
    return;
  }
  if (port.unknown) {
    yield on(metric, pending(port));
  } else if (!ports.includes(Number(port.raw))) {
    const problem = `${port} is not a port of ${server.resource.name}`;
    yield on(metric, violation(port, problem, `use one of its ports: ${ports.join(", ")}`));
  }
}

/** Without a path, GKE uses the same one. */
function pathFindings(metric: Resource, path: Value, server: ModelServer): Iterable<Finding> {
  const problem = `${server.title} of ${server.resource.name} has no metrics at ${path}`;
  const findings = requireValue(path, {
    allowed: [METRICS_PATH],
    whenWrong: server.engine === undefined ? undefined : problem,
    fix: `write "${METRICS_PATH}"`,
  });
  return allOn(metric, findings);
}
