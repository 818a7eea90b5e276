import { Scopes } from "../fleet/scopes";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import {
  ENGINE_LABEL,
  GAUGE_FLAG,
  gaugesOf,
  gaugesRead,
  hasGauge,
  METRIC_FLAGS,
  METRIC_FLAGS_REFUSED,
  PICKER_READS_BY_LABEL,
  pickerIsAtLeast,
  VLLM_GAUGE,
  VLLM_HIDES_OLD_GAUGE,
} from "../pods/kvGauge";
import { type ModelServer, ModelServers } from "../pods/modelServer";
import { silenceFindings } from "../pods/silence";

import type { EndpointPicker } from "./endpointPicker";
import { PickedPools } from "./pickedPools";
import { PickerConfigs } from "./pickerConfig";

export const pickerMetricFitsServer = stackPolicy({
  name: "picker-metric-fits-server",
  description:
    "The endpoint picker reads the KV cache by the name under which its model servers report it.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Run versions of the endpoint picker and of the model server that mean the same gauge: " +
    "vllm:kv_cache_usage_perc for vLLM 0.10.2 and newer and for the endpoint picker 1.3.0 and " +
    "newer. An older endpoint picker takes its name by a flag, a newer one by its configuration. " +
    "Start vLLM without --disable-log-stats, and SGLang with --enable-metrics.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/pull/1905",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const pools = new PickedPools(stack, scopes);
    const configs = new PickerConfigs(scopes);
    const servers = new ModelServers(scopes);
    for (const picker of pools.pickers) {
      yield* flagFindings(picker, pools);
      const pool = pools.poolOf(picker);
      const behind = pool === undefined ? [] : servers.selectedBy(podsOf(pool), scopes.of(pool));
      for (const server of behind) {
        yield* serverFindings(picker, server, gaugesRead(picker, server, configs.of(picker)));
        yield* silenceFindings(server, `the endpoint picker ${picker.resource.name} reads none`);
      }
    }
  },
});

function podsOf(pool: Resource): Value {
  return pool.props.at("spec", "selector", "matchLabels");
}

/** Flags that make newer endpoint pickers exit. */
function* flagFindings(picker: EndpointPicker, pools: PickedPools): Generator<Finding> {
  const { resource } = picker;
  if (picker.hidesFlags && pools.hasPoolBeside(resource)) {
    yield on(resource, pending(picker.container.at("args")));
  }
  if (pickerIsAtLeast(picker, METRIC_FLAGS_REFUSED) !== true) {
    return;
  }
  for (const flag of METRIC_FLAGS.flatMap((name) => picker.flag(name) ?? [])) {
    const problem =
      `an endpoint picker from v${METRIC_FLAGS_REFUSED} on exits at once where --${flag.name} is ` +
      "set";
    const fix = "remove it; name another metric in engineConfigs of its EndpointPickerConfig";
    yield on(resource, violation(flag.at, problem, fix));
  }
}

function* serverFindings(
  picker: EndpointPicker,
  server: ModelServer,
  read: readonly string[] | undefined,
): Generator<Finding> {
  const flag = picker.flag(GAUGE_FLAG)?.value;
  if (server.image.unknown) {
    yield on(server.resource, pending(server.image));
  } else if (read === undefined) {
    const hidden = [flag, picker.image].find((value) => value?.unknown);
    yield* hidden === undefined ? [] : [on(picker.resource, pending(hidden))];
  } else if (read.every((gauge) => hasGauge(server, gauge) === false)) {
    const takesFlag = pickerIsAtLeast(picker, METRIC_FLAGS_REFUSED) !== true;
    yield takesFlag ? pickerFinding(picker, server, read) : serverFinding(picker, server, read);
  }
}

/** The finding if the picker has to read another gauge. */
function pickerFinding(
  picker: EndpointPicker,
  server: ModelServer,
  read: readonly string[],
): Finding {
  const [gauge = VLLM_GAUGE] = gaugesOf(server) ?? [];
  const flag = picker.flag(GAUGE_FLAG)?.value;
  const reads = `the endpoint picker reads ${read.join(" or ")}`;
  const problem = `${reads}, which ${server.title} of ${server.resource.name} does not report`;
  const fix = flag === undefined ? `add the flag --${GAUGE_FLAG}=${gauge}` : `set it to ${gauge}`;
  return on(picker.resource, violation(flag ?? picker.image, problem, fix));
}

/** The finding if the server needs another version, or a label with its engine. */
function serverFinding(
  picker: EndpointPicker,
  server: ModelServer,
  read: readonly string[],
): Finding {
  const name = server.engine ?? "vllm";
  const problem =
    `${server.title} does not report ${read.join(" or ")}, ` +
    `which the endpoint picker ${picker.resource.name} reads`;
  if (read.some((gauge) => gauge.startsWith(`${name}:`))) {
    const fix = `use vLLM ${VLLM_HIDES_OLD_GAUGE} or newer`;
    return on(server.resource, violation(server.image, problem, fix));
  }
  const goesByLabel = pickerIsAtLeast(picker, PICKER_READS_BY_LABEL) === true;
  const newer = `, with an endpoint picker v${PICKER_READS_BY_LABEL} or newer, which reads that label`;
  const fix = `set it to "${name}"${goesByLabel ? "" : newer}`;
  return on(server.resource, violation(server.labels.at(ENGINE_LABEL), problem, fix));
}
