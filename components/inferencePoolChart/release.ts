import { type ChartVersion, isChartVersion, NEWEST_CHART } from "../../catalog/chartVersions";
import { endpointPickerProblems } from "../../checks/endpointPicker";
import type { Refusal } from "../../checks/refusal";

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

/** Longest name of a Helm release. */
const LONGEST_NAME = 53;
/** Number of characters of a name that the chart keeps in the names of the endpoint picker's objects. */
const CUT = 40;
/** The chart cuts the cluster role's name at 84 characters, its quotes with it, and what is cut no longer parses. */
const LONGEST_TOGETHER = 77;

/** @throws one error that lists every value that the chart, the API server or the endpoint picker cannot use */
export function releaseOf(args: ReleaseArgs): Release {
  const { name, namespace, podLabels, ports, endpointPicker = {} } = args;
  const { version = NEWEST_CHART, replicas = 1, flowControl = true } = endpointPicker;
  const { flags = {}, plugins } = endpointPicker;
  const problems = [
    ...nameProblems(name, namespace),
    ...endpointPickerProblems({ version, flowControl, flags, plugins }).map((refusal) => ({
      ...refusal,
      path: ["endpointPicker", ...refusal.path],
    })),
  ];
  if (problems.length > 0 || !isChartVersion(version)) throw new Error(report(problems));
  const picker = { version, replicas, flowControl, flags, plugins };
  return { name, namespace, podLabels, ports, endpointPicker: picker };
}

function nameProblems(name: string, namespace: string): Refusal[] {
  const problems: Refusal[] = [];
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > LONGEST_NAME) {
    const allowed = `lower-case letters, digits and -, starting with a letter, 1 to ${LONGEST_NAME}`;
    problems.push({ path: ["releaseName"], given: name, allowed });
  }
  const together = cut(name).length + cut(namespace).length;
  if (together > LONGEST_TOGETHER) {
    const allowed =
      `a name that has at most ${LONGEST_TOGETHER} characters together with namespace "${namespace}", each cut at ${CUT}, ` +
      `not ${together}: the chart cannot render a longer cluster role`;
    problems.push({ path: ["releaseName"], given: name, allowed });
  }
  return problems;
}

function report(problems: Refusal[]): string {
  return problems
    .map(
      ({ path, given, allowed }) =>
        `InferencePoolChart: ${path.join(".")}: got ${JSON.stringify(given)}; allowed: ${allowed}`,
    )
    .join("\n");
}

/** Name of the endpoint picker's objects. */
export function pickerName({ name }: Pick<Release, "name">): string {
  return `${cut(name)}-epp`;
}

/** Name of the endpoint picker's cluster role: two releases of one cluster must not share it. */
export function pickerClusterName({ name, namespace }: Release): string {
  return `${cut(name)}-${cut(namespace)}-epp`;
}

function cut(name: string): string {
  return name.slice(0, CUT);
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
