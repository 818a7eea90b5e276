import { KubeError } from "../../kube/errors";
import { timestamp } from "../controllers/conditions";
import type { MetricSource, PodChoice, PodValue } from "./podValues";

export const GROUP = "custom.metrics.k8s.io";
export const VERSION = "v1beta2";

export interface Answer {
  /** HTTP status. */
  code: number;
  /** JSON. */
  body: object;
}

const ROOT = `/apis/${GROUP}/${VERSION}`;
/** What asks for the pods that a selector selects. */
const ALL_PODS = "*";

/**
 * The custom metrics API, as far as metrics of pods go. Source of its shapes: k8s.io/metrics v0.36.4,
 * `pkg/apis/custom_metrics/v1beta2`. The words of a refusal are those of kubernetes-sigs/custom-metrics-apiserver.
 * @param target path and query of a GET
 */
export async function answer(target: string, source: MetricSource): Promise<Answer> {
  const { pathname, searchParams } = new URL(target, "https://custom-metrics");
  if (pathname === ROOT) return { code: 200, body: resources(source.names()) };
  const asked = readPath(pathname);
  if (!asked) return refusal(404, "NotFound", "the server could not find the requested resource");
  if (searchParams.get("metricLabelSelector")) {
    return refusal(
      400,
      "BadRequest",
      "a gauge has no labels here: metricLabelSelector must be left out",
    );
  }
  const { namespace, pod, metric } = asked;
  const choice: PodChoice =
    pod === ALL_PODS ? { labelSelector: searchParams.get("labelSelector") ?? "" } : { name: pod };
  try {
    const values = await source.values(namespace, metric, choice);
    const missing = values === undefined || ("name" in choice && values.length === 0);
    return missing
      ? notFound(metric, choice)
      : { code: 200, body: list(namespace, metric, values) };
  } catch (error) {
    if (error instanceof KubeError) return refusal(error.code, error.reason, error.message);
    throw error;
  }
}

export function refusal(code: number, reason: string, message: string): Answer {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure" };
  return { code, body: { ...body, message, reason, code } };
}

function notFound(metric: string, choice: PodChoice): Answer {
  const whose = "name" in choice ? `pods ${choice.name}` : "pods";
  return refusal(404, "NotFound", `the server could not find the metric ${metric} for ${whose}`);
}

function readPath(
  pathname: string,
): { namespace: string; pod: string; metric: string } | undefined {
  const parts = pathname.slice(ROOT.length + 1).split("/");
  const [scope, namespace, resource, pod, metric] = parts.map(decodeURIComponent);
  const isAsked =
    pathname.startsWith(`${ROOT}/`) &&
    parts.length === 5 &&
    scope === "namespaces" &&
    resource === "pods";
  if (!isAsked || !namespace || !pod || !metric) return undefined;
  return { namespace, pod, metric };
}

function resources(metrics: string[]): object {
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: `${GROUP}/${VERSION}`,
    resources: metrics.map((metric) => ({
      name: `pods/${metric}`,
      singularName: "",
      namespaced: true,
      kind: "MetricValueList",
      verbs: ["get"],
    })),
  };
}

function list(namespace: string, metric: string, values: PodValue[]): object {
  const at = timestamp();
  return {
    kind: "MetricValueList",
    apiVersion: `${GROUP}/${VERSION}`,
    metadata: {},
    items: values.map(({ pod, value }) => ({
      describedObject: { kind: "Pod", namespace, name: pod, apiVersion: "v1" },
      metric: { name: metric, selector: null },
      timestamp: at,
      value: quantity(value),
    })),
  };
}

/** As a quantity of Kubernetes, in thousandths: autoscalers count in them. */
function quantity(value: number): string {
  return `${Math.round(value * 1000)}m`;
}
