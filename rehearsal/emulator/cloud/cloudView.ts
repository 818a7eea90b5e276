import { CloudView } from "../gke/gke";
import { projectNumber } from "./numericIds";
import { isApiEnabled } from "./enabledApis";
import { hasRole } from "./iamPolicy";
import { at } from "./json";
import {
  BUCKET,
  CLUSTER,
  FEATURE,
  MEMBERSHIP,
  SECRET,
  SECRET_VERSION,
  Subnetwork,
  SUBNETWORK,
} from "./kinds";
import { projectOf } from "./names";
import { Operations } from "./operations";
import { configMembership } from "./services/gkehub/features";
import { Store, Stored } from "./store";

/** The add-on of a cluster that brings each driver of CSI volumes, by its field. */
const DRIVER_ADDONS = {
  "gcsfuse.csi.storage.gke.io": "addonsConfig.gcsFuseCsiDriverConfig.enabled",
  "secrets-store-gke.csi.k8s.io": "secretManagerConfig.enabled",
};

type SubnetView = ReturnType<CloudView["subnets"]>[number];

/** What GKE's controllers see of the cloud: resources whose own creation is done. */
export class StoreView implements CloudView {
  constructor(
    private readonly store: Store,
    private readonly operations: Operations,
  ) {}

  members(project: string): { membership: string; cluster: string }[] {
    return this.store
      .list(MEMBERSHIP, `projects/${project}/`)
      .filter((m) => this.isThere(m) && this.isThere(this.store.get(CLUSTER, m.body.cluster)))
      .map(({ name, body }) => ({ membership: name, cluster: body.cluster }));
  }

  configCluster(project: string): string | undefined {
    const name = `projects/${project}/locations/global/features/multiclusteringress`;
    const feature = this.store.get(FEATURE, name);
    if (!feature || !this.isThere(feature)) return undefined;
    const membership = configMembership(name, feature.body);
    return membership === undefined
      ? undefined
      : this.store.get(MEMBERSHIP, membership)?.body.cluster;
  }

  globalProxySubnets(network: string): SubnetView[] {
    return this.subnetsOf(
      network,
      ({ purpose, role }) => purpose === "GLOBAL_MANAGED_PROXY" && role === "ACTIVE",
    );
  }

  subnets(network: string): SubnetView[] {
    return this.subnetsOf(network, ({ purpose }) => purpose === "PRIVATE");
  }

  hasRole(project: string, role: string, member: string): boolean {
    return hasRole(this.store, `projects/${project}`, role, member);
  }

  /** Whether a Google API, such as `autoscaling.googleapis.com`, is on in a project. */
  apiEnabled(project: string, api: string): boolean {
    return isApiEnabled(this.store, project, api);
  }

  projectNumber(project: string): string {
    return projectNumber(project);
  }

  csiDrivers(cluster: string): string[] {
    const body = this.store.get(CLUSTER, cluster)?.body ?? {};
    const drivers = Object.entries(DRIVER_ADDONS);
    return drivers.flatMap(([driver, addon]) => (at(body, addon) === true ? [driver] : []));
  }

  workloadPool(cluster: string): string | undefined {
    const body = this.store.get(CLUSTER, cluster)?.body ?? {};
    const pool = at(body, "workloadIdentityConfig.workloadPool");
    return typeof pool === "string" ? pool : undefined;
  }

  hasBucket(name: string): boolean {
    return this.store.get(BUCKET, bucketName(name)) !== undefined;
  }

  hasSecretVersion(secret: string, version: string): boolean {
    // The latest is the last one that was made, in whatever state it is.
    const number = version === "latest" ? this.store.get(SECRET, secret)?.body.versions : version;
    const found = this.store.get(SECRET_VERSION, `${secret}/versions/${number}`);
    return found?.body.state === "ENABLED";
  }

  holdsOnBucket(bucket: string, roles: string[], members: string[]): boolean {
    const project = this.store.get(BUCKET, bucketName(bucket))?.body.project ?? "";
    return this.holds([bucketName(bucket), `projects/${project}`], roles, members);
  }

  holdsOnSecret(secret: string, roles: string[], members: string[]): boolean {
    return this.holds([secret, `projects/${projectOf(secret)}`], roles, members);
  }

  private holds(resources: string[], roles: string[], members: string[]): boolean {
    return resources.some((resource) =>
      roles.some((role) => members.some((member) => hasRole(this.store, resource, role, member))),
    );
  }

  private subnetsOf(network: string, wanted: (subnet: Subnetwork) => boolean): SubnetView[] {
    return this.store
      .list(SUBNETWORK)
      .filter((s) => s.body.network === network && this.isThere(s) && wanted(s.body))
      .map(({ body }) => ({ name: body.name, region: body.region, cidr: body.ipCidrRange }));
  }

  private isThere(resource: Stored | undefined): boolean {
    if (!resource) return false;
    return this.operations.runningOn(resource)?.body.verb !== "insert";
  }
}

function bucketName(bucket: string): string {
  return `projects/_/buckets/${bucket}`;
}
