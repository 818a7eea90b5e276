import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { ConfigMap, Secret, Service, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";

import * as picker from "./chart/endpointPicker";
import * as monitoring from "./chart/monitoring";
import { exportedPool } from "./chart/pool";
import * as grants from "./chart/rbac";
import type { EndpointPicker, Release } from "./chart/release";
import { customResource } from "./customResource";

export interface InferencePoolChartArgs {
  /** Name of the Helm release that it stands in for, and so of the pool. The same in every cluster. */
  releaseName: string;
  /** The same in every cluster: the gateway joins pools by namespace and name. */
  namespace: string;
  /** Labels of the pods that serve the model. */
  podLabels: Record<string, string>;
  /** Ports on which each pod serves, 1 to 8. */
  ports: number[];
  /** @default v1.5.0, one replica, log level 1 */
  endpointPicker?: Partial<EndpointPicker>;
  /** What the endpoint picker's pod needs to run; the other objects do not wait for it. */
  runsOn?: pulumi.Resource[];
}

/** The chart's newest version with an endpoint picker; v1.6.0 has none. */
const VERSION = "v1.5.0";
/** Other kinds are not awaited; this one may have to wait for a node. */
const ROLLOUT_TIMEOUT = "30m";

/**
 * The InferencePool of one cluster and its endpoint picker: what chart `inferencepool` v1.5.0 renders, as typed
 * children, and exported. Not a Helm resource, because a first preview shows no children of one, so that no policy
 * could judge them before it is too late.
 */
export class InferencePoolChart extends pulumi.ComponentResource {
  /** Name of the pool, and of its import on the config cluster. */
  readonly poolName: string;
  /** What a gateway waits for: for `dependsOn`. */
  readonly pool: CustomResource;

  constructor(
    private readonly name: string,
    args: InferencePoolChartArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("inference-gateway:index:InferencePoolChart", name, {}, opts);
    const endpointPicker = {
      version: VERSION,
      replicas: 1,
      flags: { v: "1" },
      ...args.endpointPicker,
    };
    const { releaseName, namespace, podLabels, ports } = args;
    const release: Release = { name: releaseName, namespace, podLabels, ports, endpointPicker };

    this.poolName = releaseName;
    this.pool = customResource(`${name}-pool`, exportedPool(release), { parent: this });
    this.createPicker(release, args.runsOn);
    this.grantPicker(release);
    this.createMonitoring(release);
    this.registerOutputs({ poolName: this.poolName });
  }

  private createPicker(release: Release, runsOn: pulumi.Resource[] = []): void {
    const configMap = new ConfigMap(`${this.name}-epp`, picker.pickerConfigMap(release), {
      parent: this,
    });
    const account = new ServiceAccount(`${this.name}-epp`, grants.pickerServiceAccount(release), {
      parent: this,
    });
    new Service(`${this.name}-epp`, picker.pickerService(release), { parent: this });
    new Deployment(`${this.name}-epp`, picker.pickerDeployment(release), {
      parent: this,
      dependsOn: [configMap, account, ...runsOn],
      customTimeouts: { create: ROLLOUT_TIMEOUT, update: ROLLOUT_TIMEOUT },
    });
  }

  private grantPicker(release: Release): void {
    for (const grant of grants.pickerGrants(release)) {
      const name = `${this.name}-${grant.name.slice(release.name.length + 1)}`;
      new rbac.Role(name, grants.role(release, grant), { parent: this });
      new rbac.RoleBinding(name, grants.roleBinding(release, grant), { parent: this });
    }
    const clusterGrant = grants.pickerClusterGrant(release);
    new rbac.ClusterRole(`${this.name}-epp`, grants.clusterRole(release, clusterGrant), {
      parent: this,
    });
    new rbac.ClusterRoleBinding(
      `${this.name}-epp`,
      grants.clusterRoleBinding(release, clusterGrant),
      {
        parent: this,
      },
    );
  }

  private createMonitoring(release: Release): void {
    const name = `${this.name}-metrics-reader`;
    const account = new ServiceAccount(name, monitoring.readerServiceAccount(release), {
      parent: this,
    });
    new Secret(name, monitoring.readerSecret(release), { parent: this, dependsOn: account });
    new rbac.ClusterRole(name, monitoring.readerClusterRole(release), { parent: this });
    new rbac.ClusterRoleBinding(name, monitoring.readerClusterRoleBinding(release), {
      parent: this,
    });
    new rbac.Role(name, monitoring.secretReadRole(release), { parent: this });
    new rbac.RoleBinding(name, monitoring.secretReadRoleBinding(release), { parent: this });
    customResource(`${this.name}-epp-monitoring`, monitoring.pickerMonitoring(release), {
      parent: this,
    });
  }
}
