import { type ChartVersion, isChartVersion, NEWEST_CHART } from "../../catalog/chartVersions";
import { endpointPickerProblems } from "../../checks/endpointPicker";
import { pickerName, poolNameProblems } from "../../checks/objectNames";
import type { Refusal } from "../../checks/refusal";

export { pickerClusterName, pickerName } from "../../checks/objectNames";

/**
 * The input of the chart `inferencepool` (provider gke, monitoring on). The modules beside this one have the chart's
 * objects under the chart's names, so that a Helm user recognizes them; only its two single-cluster policies are left
 * out, because a multi-cluster gateway has its own. Three annotations are not in the chart: the export of the pool, and
 * the conditions that Pulumi waits for on the Service and on a Deployment with several replicas.
 */
export interface Release {
  /** Name of the Helm release, which is the name of the pool. */
  name: string;
  namespace: string;
  /** Labels of the pods that serve the model. */
  podLabels: Record<string, string>;
  /** Ports on which each pod serves, 1 to 8. */
  ports: number[];
  endpointPicker: EndpointPicker;
}

export interface EndpointPicker {
  /** Version of the image, the chart and its objects. @default v1.5.0 */
  version: ChartVersion;
  /** One leads, the others stand by: 1 means no leader election. @default 1 */
  replicas: number;
  /**
   * Requests wait in the picker, by the priority of their objective, while the pool is saturated. Without it a priority
   * of 0 or more has no effect, and a negative one is answered 503 then. @default true
   */
  flowControl: boolean;
  /** Command-line flags without the leading dashes, merged over the chart's `v: 1`. @default none */
  flags: Record<string, string>;
  /** Body of an EndpointPickerConfig in place of the chart's; flow control is added. @default the chart's */
  plugins?: object;
}

/** The arguments of a release; every setting of the endpoint picker has a default. */
export interface ReleaseArgs extends Omit<Release, "endpointPicker"> {
  /** Defaults: v1.5.0, one replica, flow control, the chart's own plugins and flags. */
  endpointPicker?: Partial<Omit<EndpointPicker, "version">> & { version?: string };
}

/** @throws one error that lists every value that the chart, the API server or the endpoint picker cannot use */
export function releaseOf(args: ReleaseArgs): Release {
  const { name, namespace, podLabels, ports, endpointPicker = {} } = args;
  const { version = NEWEST_CHART, replicas = 1, flowControl = true } = endpointPicker;
  const { flags = {}, plugins } = endpointPicker;
  const problems = [
    ...poolNameProblems({ name, namespace }, ["releaseName"]),
    ...endpointPickerProblems({ version, flowControl, flags, plugins }).map((refusal) => ({
      ...refusal,
      path: ["endpointPicker", ...refusal.path],
    })),
  ];
  if (problems.length > 0 || !isChartVersion(version)) throw new Error(report(problems));
  const picker = { version, replicas, flowControl, flags, plugins };
  return { name, namespace, podLabels, ports, endpointPicker: picker };
}

function report(problems: Refusal[]): string {
  return problems
    .map(
      ({ path, given, allowed }) =>
        `InferencePoolChart: ${path.join(".")}: got ${JSON.stringify(given)}; allowed: ${allowed}`,
    )
    .join("\n");
}

export function chartLabels(release: Release): Record<string, string> {
  return {
    "app.kubernetes.io/name": pickerName(release),
    "app.kubernetes.io/version": release.endpointPicker.version,
  };
}

/** Labels by which Service, Deployment and PodMonitoring find the endpoint picker's pods. */
export function pickerSelector(release: Release): Record<string, string> {
  return { inferencepool: pickerName(release) };
}
