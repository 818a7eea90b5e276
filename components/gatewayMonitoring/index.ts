import * as monitoring from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";

import { type Alert, alertsOf } from "./alerts";
import type { GatewayMonitoringArgs } from "./args";
import { dashboard } from "./dashboard";
import type { Scope } from "./promql";

export type { GatewayMonitoringArgs } from "./args";

/**
 * A dashboard of the gateway in Cloud Monitoring, and the few alerts that are worth to page somebody: a timeout below
 * twice the measured P99 latency, all regions full, requests that fail, a cluster without model servers or without a
 * signal, and requests that leave their region for long.
 *
 * Let it depend on all that it watches: made earlier, it would page that nothing serves yet.
 *
 * ### Cost
 * Dashboard and metrics: nothing more, as the metrics are collected anyway. Alerts: by condition, and by the points that
 * their queries return (<https://cloud.google.com/stackdriver/pricing>); so each returns one point, or one of a cluster.
 *
 * @example
 * ```ts
 * new GatewayMonitoring(
 *   "monitoring",
 *   {
 *     project,
 *     network: network.id,
 *     namespace,
 *     poolName: chart.poolName,
 *     clusters: { "europe-west3": 1 },
 *     loadBalancing: { mode: "kv-cache", maxUtilization: 60 },
 *     timeoutSeconds: 600,
 *     flowControl: true,
 *     notificationChannels: [`projects/${project}/notificationChannels/1234567890`],
 *     cost: "3.29 $ an hour",
 *   },
 *   { dependsOn: [gateway, server, ...apis.of("monitoring")] },
 * );
 * ```
 */
export class GatewayMonitoring extends pulumi.ComponentResource {
  /** The dashboard in the console. */
  readonly dashboardUrl: pulumi.Output<string>;

  constructor(name: string, args: GatewayMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:GatewayMonitoring", name, {}, opts);
    const { project } = args;
    const scope = scopeOf(args);

    const json = scope.apply((known) => JSON.stringify(dashboard(args, known)));
    const shown = new monitoring.Dashboard(
      name,
      { project, dashboardJson: json },
      { parent: this },
    );
    alertsOf(args).forEach((alert) => createAlert(name, args, { alert, scope }, { parent: this }));

    this.dashboardUrl = shown.id.apply((id) => consoleUrl(id, project));
    this.registerOutputs({ dashboardUrl: this.dashboardUrl });
  }
}

/** The VPC's name is the last part of its id. */
function scopeOf({ network, namespace, poolName }: GatewayMonitoringArgs): pulumi.Output<Scope> {
  return pulumi
    .output(network)
    .apply((id) => ({ namespace, poolName, network: id.slice(id.lastIndexOf("/") + 1) }));
}

/** @param id `projects/{project}/dashboards/{dashboard}` */
function consoleUrl(id: string, project: string): string {
  const dashboardId = id.slice(id.lastIndexOf("/") + 1);
  return `https://console.cloud.google.com/monitoring/dashboards/builder/${dashboardId}?project=${project}`;
}

function createAlert(
  name: string,
  {
    project,
    notificationChannels,
  }: Pick<GatewayMonitoringArgs, "project" | "notificationChannels">,
  { alert, scope }: { alert: Alert; scope: pulumi.Output<Scope> },
  opts: pulumi.CustomResourceOptions,
): monitoring.AlertPolicy {
  return new monitoring.AlertPolicy(
    `${name}-${alert.name}`,
    {
      project,
      displayName: `Inference gateway: ${alert.title}`,
      severity: alert.severity,
      combiner: "OR",
      conditions: alert.conditions.map(({ title, query, seconds, interval }) => ({
        displayName: title,
        conditionPrometheusQueryLanguage: {
          query: scope.apply(query),
          duration: `${seconds}s`,
          evaluationInterval: `${interval}s`,
          // Google refuses a query of a metric that nobody has reported yet, as in a new project.
          disableMetricValidation: true,
        },
      })),
      notificationChannels,
      documentation: { content: alert.advice, mimeType: "text/markdown" },
    },
    opts,
  );
}
