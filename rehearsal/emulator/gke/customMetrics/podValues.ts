import { KubeClient } from "../../kube/client";
import { readGauge } from "../../loadBalancer/metrics";
import { hasProcess } from "../../loadBalancer/reachable";
import { namedPorts } from "../controllers/forwarding";
import { gaugeSource } from "../controllers/metricDeclarations";
import { Pod } from "../world/kinds";
import { ClusterState, keyOf } from "../world/world";
import { autoscalingDeclarations, metricName } from "./declared";

/** One pod, or those that a selector of Kubernetes' own spelling selects: `app=vllm,tier in (a,b)`. */
export type PodChoice = { name: string } | { labelSelector: string };

export interface PodValue {
  /** Name of the pod. */
  pod: string;
  value: number;
}

/** What the custom metrics API of one cluster knows. */
export interface MetricSource {
  /** Names of the metrics that pods of some namespace may have. */
  names(): string[];
  /**
   * The pods that report a metric now. Undefined where no AutoscalingMetric of the namespace brings a metric of this name
   * to horizontal autoscaling. @throws KubeError for a selector that the API server does not understand
   */
  values(namespace: string, metric: string, choice: PodChoice): Promise<PodValue[] | undefined>;
}

/** Asks the processes of pods whenever it is asked. Pods without a process report nothing. */
export class PodValues implements MetricSource {
  private readonly ending = new AbortController();

  constructor(
    private readonly cluster: ClusterState,
    private readonly client: Pick<KubeClient, "list">,
    private readonly read: typeof readGauge = readGauge,
  ) {}

  names(): string[] {
    return [...new Set(autoscalingDeclarations(this.cluster).map(metricName))];
  }

  async values(
    namespace: string,
    metric: string,
    choice: PodChoice,
  ): Promise<PodValue[] | undefined> {
    const sources = autoscalingDeclarations(this.cluster)
      .filter((each) => each.namespace === namespace && metricName(each) === metric)
      .map(gaugeSource);
    if (sources.length === 0) return undefined;
    const pods = (await this.client.list("v1", "Pod", namespace, queryOf(choice))) as Pod[];
    const values = pods.filter(runsHere).map(async (pod) => {
      const target = {
        pod: keyOf(pod),
        ip: pod.status?.podIP ?? "",
        labels: pod.metadata.labels ?? {},
        namedPorts: namedPorts(pod),
      };
      const value = await this.read(target, { sources }, this.ending.signal);
      return value === undefined ? [] : [{ pod: pod.metadata.name, value }];
    });
    return (await Promise.all(values)).flat();
  }

  /** Gives up what is being read. */
  stop(): void {
    this.ending.abort();
  }
}

function queryOf(choice: PodChoice): Record<string, string> {
  if ("name" in choice) return { fieldSelector: `metadata.name=${choice.name}` };
  return choice.labelSelector === "" ? {} : { labelSelector: choice.labelSelector };
}

function runsHere({ status }: Pod): boolean {
  return status?.phase === "Running" && hasProcess({ ip: status.podIP ?? "" });
}
