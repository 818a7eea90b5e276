import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { ConfigMap, Secret, Service, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";

import * as picker from "./endpointPicker";
import * as monitoring from "./monitoring";
import { exportedPool } from "./pool";
import * as grants from "./rbac";
import { type Release, type ReleaseArgs, releaseOf } from "./release";
import { customResource } from "../../customResources/customResource";

export interface InferencePoolChartArgs {
  /** Name of the Helm release that it stands in for, and so of the pool. The same in every cluster. */
  releaseName: string;
  /** The same in every cluster: the gateway joins pools by namespace and name. */
  namespace: string;
  /** Labels of the pods that serve the model. */
  podLabels: Record<string, string>;
  /** Ports on which each pod serves, 1 to 8. */
  ports: number[];
  /** Defaults: v1.5.0, one replica, flow control, the chart's own plugins and flags. */
  endpointPicker?: ReleaseArgs["endpointPicker"];
  /** Membership of the cluster, through which the pool is exported: the pool is deleted before it. */
  memberOf?: pulumi.Resource[];
  /** Resources that the endpoint picker's pod needs; the other objects do not wait for them. */
  runsOn?: pulumi.Resource[];
}

/** Pulumi does not wait for the other kinds; this one may need a new node first. */
const ROLLOUT_TIMEOUT = "30m";

/**
 * The InferencePool of one cluster and its endpoint picker: what the chart `inferencepool` renders, as typed children,
 * and exported. It is not a Helm resource, because a first preview does not show the children of one, so policies could
 * not judge them in time. Another version of the chart is an update in place; only the ConfigMap is replaced.
 *
 * @example
 * ```ts
 * const chart = new InferencePoolChart(
 *   "gke-west",
 *   {
 *     releaseName: "llama",
 *     namespace,
 *     podLabels: server.podLabels,
 *     ports: [server.port],
 *     endpointPicker: { replicas: 2 },
 *     memberOf: [membership],
 *     runsOn: [cluster.systemPool],
 *   },
 *   { providers: [cluster.provider] },
 * );
 * ```
 */
export class InferencePoolChart extends pulumi.ComponentResource {
  /** Name of the pool, and of its import on the config cluster. */
  readonly poolName: string;
  /** The exported pool, for `dependsOn` of a gateway. */
  readonly pool: CustomResource;

  constructor(name: string, args: InferencePoolChartArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:InferencePoolChart", name, {}, opts);
    const { releaseName, namespace, podLabels, ports, endpointPicker, memberOf, runsOn } = args;
    const release = releaseOf({ name: releaseName, namespace, podLabels, ports, endpointPicker });

    this.poolName = releaseName;
    // An exported pool whose cluster leaves the fleet leaves its network endpoint groups behind, and they keep the VPC.
    this.pool = customResource(`${name}-pool`, exportedPool(release), {
      parent: this,
      dependsOn: memberOf,
    });
    createPicker(`${name}-epp`, { release, runsOn }, { parent: this });
    grantPicker(`${name}-epp`, { release }, { parent: this });
    createMonitoring(name, { release }, { parent: this });
    this.registerOutputs({ poolName: this.poolName });
  }
}

interface PickerArgs {
  /** The release whose objects they are. */
  release: Release;
  /** Resources that the endpoint picker's pod needs. */
  runsOn?: pulumi.Resource[];
}

function createPicker(
  name: string,
  { release, runsOn = [] }: PickerArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const configMap = new ConfigMap(name, picker.pickerConfigMap(release), opts);
  const account = new ServiceAccount(name, grants.pickerServiceAccount(release), opts);
  new Service(name, picker.pickerService(release), opts);
  new Deployment(name, picker.pickerDeployment(release), {
    ...opts,
    dependsOn: [configMap, account, ...runsOn],
    customTimeouts: { create: ROLLOUT_TIMEOUT, update: ROLLOUT_TIMEOUT },
  });
}

function grantPicker(
  name: string,
  { release }: Pick<PickerArgs, "release">,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const grant of grants.pickerGrants(release)) {
    const inNamespace = `${name}${grant.suffix}`;
    new rbac.Role(inNamespace, grants.role(release, grant), opts);
    new rbac.RoleBinding(inNamespace, grants.roleBinding(release, grant), opts);
  }
  new rbac.ClusterRole(name, grants.pickerClusterRole(release), opts);
  new rbac.ClusterRoleBinding(name, grants.pickerClusterRoleBinding(release), opts);
}

function createMonitoring(
  name: string,
  { release }: Pick<PickerArgs, "release">,
  opts: pulumi.CustomResourceOptions,
): void {
  const reader = `${name}-metrics-reader`;
  const account = new ServiceAccount(reader, monitoring.readerServiceAccount(release), opts);
  new Secret(reader, monitoring.readerSecret(release), { ...opts, dependsOn: account });
  new rbac.ClusterRole(reader, monitoring.readerClusterRole(release), opts);
  new rbac.ClusterRoleBinding(reader, monitoring.readerClusterRoleBinding(release), opts);
  new rbac.Role(reader, monitoring.secretReadRole(release), opts);
  new rbac.RoleBinding(reader, monitoring.secretReadRoleBinding(release), opts);
  customResource(`${name}-epp-monitoring`, monitoring.pickerMonitoring(release), opts);
}
