import { type Resource, resourcesOfType, type Selector, type Value } from "../frame";

const RELEASE = "kubernetes:helm.sh/v3:Release";

/**
 * Ways to install a chart. For a v4 Chart, policies see the objects that it renders, and its inputs
 * only if the provider passes them on.
 */
const charts = resourcesOfType(
  RELEASE,
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:helm.sh/v4:Chart",
);
const releases = resourcesOfType(RELEASE);

/** Chart of gateway-api-inference-extension; llm-d's has versions and values of its own. */
const POOL_CHART = "inferencepool";
const LLM_D_CHART = "llm-d-router-gateway";

/** `[oci://<registry>/|<folder>/]<name>[:<version>|-<version>.tgz][@<digest>]`. */
const REFERENCE = /^(.*\/)?([a-z][a-z0-9-]*?)(?::([^/@]+)|-(v?\d[^/@]*)\.tgz)?(?:@[^/]+)?\/?$/;

/** Chart `inferencepool`, however it is installed. */
export const poolCharts: Selector = {
  label: `Helm chart ${POOL_CHART}`,
  matches: (resource) => charts.matches(resource) && chartName(resource) === POOL_CHART,
};

/** Helm Releases of charts with an InferencePool; their objects are not resources. */
export const poolReleases: Selector = {
  label: `Helm Releases of ${POOL_CHART} or ${LLM_D_CHART}`,
  matches: (resource) => {
    return releases.matches(resource) && [POOL_CHART, LLM_D_CHART].includes(chartName(resource));
  },
};

/** A chart's version and its place in the inputs. */
export interface ChartVersion {
  readonly at: Value;
  readonly text: string | undefined;
}

/** The requested version; undefined for a chart in a directory, which sets its own. */
export function chartVersionOf({ props }: Resource): ChartVersion | undefined {
  const version = props.at("version");
  const chart = props.at("chart");
  const [, , , tag, archived] = REFERENCE.exec(chart.text ?? "") ?? [];
  const inReference = tag ?? archived;
  if (inReference !== undefined) {
    return { at: chart, text: inReference };
  }
  return version.absent && isFolder(chart) ? undefined : { at: version, text: version.text };
}

function chartName({ props }: Resource): string {
  return REFERENCE.exec(props.at("chart").text ?? "")?.[2] ?? "";
}

function isFolder(chart: Value): boolean {
  return /^(?:\.{0,2}\/|file:)/.test(chart.text ?? "");
}
