import { isVersion } from "../fleet/version";
import {
  type Finding,
  pending,
  reliability,
  requireValue,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

import { isWrongIn, WRONG_VALUES } from "./chartValues";
import { chartVersionOf, poolCharts } from "./poolChart";

export const chartValues = resourcePolicy({
  name: "chart-values",
  description: "Values of the chart inferencepool are ones that its version knows and works with.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Write the values as the message says. Helm silently ignores a value that a chart does not " +
    "know.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/blob/v1.5.0/config/charts/inferencepool/README.md",
  settings: {},
  judges: poolCharts,

  *judge(resource) {
    const values = resource.props.at("values");
    if (values.unknown) {
      yield pending(values);
      return;
    }
    yield* versionFindings(values, chartVersionOf(resource)?.text);
    yield* switchedOffFindings(values.at("inferenceExtension", "flags"));
    // Values that the program leaves out may be in a file.
    if (!isSet(resource.props.at("valueYamlFiles"))) {
      yield* requiredFindings(values);
    }
  },
});

function* versionFindings(values: Value, version: string | undefined): Generator<Finding> {
  if (version === undefined || !isVersion(version)) {
    return;
  }
  for (const entry of WRONG_VALUES) {
    if (isWrongIn(entry, values, version)) {
      yield violation(values.at(...entry.keys), entry.problem, entry.fix);
    }
  }
}

/** Source: kubernetes-sigs/gateway-api-inference-extension#2871, fixed after v1.5.0. */
function* switchedOffFindings(flags: Value): Generator<Finding> {
  const listed = (flags.items ?? []).map((flag) => flag.at("value"));
  const named = (flags.fields ?? []).map(([, value]) => value);
  for (const value of [...listed, ...named]) {
    if (value.raw === false || value.raw === "false") {
      const problem = "the chart writes it as an argument of its own, and the flag alone means on";
      yield violation(value, problem, "leave the flag out");
    }
  }
}

function* requiredFindings(values: Value): Generator<Finding> {
  const labels = values.at("inferencePool", "modelServers", "matchLabels");
  const unset = "is not set, and without it the chart does not render";
  yield* requireValue(labels, {
    whenAbsent: unset,
    whenWrong: (labels.fields ?? []).length === 0 ? unset : undefined,
    fix: "set it to the labels of the model servers' pods",
  });
  const provider = values.at("provider", "name");
  const consequence = "and the chart leaves out what GKE reads metrics by";
  yield* requireValue(provider, {
    whenAbsent: `is not set, so it is "none", ${consequence}`,
    whenWrong:
      provider.text?.toLowerCase() === "gke" ? undefined : `is ${provider}, ${consequence}`,
    fix: 'set it to "gke"',
  });
}

function isSet(files: Value): boolean {
  return !files.absent && files.items?.length !== 0;
}
