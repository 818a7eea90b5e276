import { isAtLeast, isVersion } from "../fleet/version";
import {
  type Finding,
  pending,
  reliability,
  requireValue,
  type Resource,
  resourcePolicy,
  violation,
} from "../frame";
import { imageOf } from "../pods/image";

import { endpointPickerOf, endpointPickers } from "./endpointPicker";
import { DEFECTS, MOVED, MOVED_AWAY, SOUND } from "./pickerReleases";
import { type ChartVersion, chartVersionOf, poolCharts } from "./poolChart";

interface Range {
  readonly minimum: string;
  readonly below: string;
}

export const pickerVersionRange = resourcePolicy({
  name: "picker-version-range",
  description:
    "The endpoint picker, and its chart, are of versions that work with today's model servers.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give the endpoint picker's image a tag, and its chart a version, within the range. Endpoint " +
    "pickers of llm-d, which have versions of their own, are not judged.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/releases",
  settings: {
    minimum: {
      type: "string",
      default: SOUND,
      description: "Oldest version allowed.",
    },
    below: {
      type: "string",
      default: MOVED,
      description: "Versions from this one on are not allowed.",
    },
  },
  settingsProblem: ({ minimum, below }) => {
    const wrong = Object.entries({ minimum, below }).find(([, version]) => !isVersion(version));
    if (wrong !== undefined) {
      return `${wrong[0]} is "${wrong[1]}", which is not a version; write for example ${SOUND}`;
    }
    return isAtLeast(minimum, below) === true
      ? `minimum is ${minimum}, which is not below ${below}, the value of below`
      : undefined;
  },
  judges: {
    label: `${endpointPickers.label}, or ${poolCharts.label}`,
    matches: (resource) => endpointPickers.matches(resource) || poolCharts.matches(resource),
  },

  *judge(resource, range) {
    yield* imageFindings(resource, range);
    if (poolCharts.matches(resource)) {
      yield* chartFindings(chartVersionOf(resource), range);
    }
  },
});

function* imageFindings(resource: Resource, range: Range): Generator<Finding> {
  const picker = endpointPickerOf(resource);
  if (picker?.image.unknown) {
    yield pending(picker.image);
  }
  if (picker?.maker === "gateway-api-inference-extension") {
    const tag = imageOf(picker.image)?.tag;
    const problem = problemOf(tag, range);
    if (problem !== undefined) {
      const text =
        tag === undefined ? "the image has no tag, so its version is not known" : problem;
      yield violation(picker.image, text, `use a tag in ${rangeText(range)}`);
    }
  }
}

function* chartFindings(version: ChartVersion | undefined, range: Range): Generator<Finding> {
  if (version === undefined) {
    return;
  }
  const { at, text } = version;
  const fix = `write a version in ${rangeText(range)}`;
  const problem = problemOf(text, range);
  yield* requireValue(at, {
    whenAbsent: "is not set, so the newest chart is taken",
    whenWrong: text === undefined ? `${at} is not one version` : problem,
    fix,
  });
}

function problemOf(version: string | undefined, { minimum, below }: Range): string | undefined {
  if (version === undefined || !isVersion(version)) {
    return `"${version}" is not one version`;
  }
  if (isAtLeast(version, minimum) === false) {
    const defect = DEFECTS.find(([before]) => isAtLeast(version, before) === false)?.[1];
    return `${version} is older than ${minimum}${defect === undefined ? "" : `: ${defect}`}`;
  }
  if (isAtLeast(version, below) === true) {
    const why = isAtLeast(version, MOVED) === true ? `: ${MOVED_AWAY}` : "";
    return `${version} is not below ${below}${why}`;
  }
  return undefined;
}

function rangeText({ minimum, below }: Range): string {
  return `v${minimum.replace(/^v/, "")} up to, but not including, v${below.replace(/^v/, "")}`;
}
