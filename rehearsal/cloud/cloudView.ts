import { CloudView } from "../gke/gke";
import { isApiEnabled, projectNumber } from "./cloud";
import { hasRole } from "./iamPolicy";
import { CLUSTER, FEATURE, MEMBERSHIP, Subnetwork, SUBNETWORK } from "./kinds";
import { Operations } from "./operations";
import { configMembership } from "./services/gkehub/features";
import { Store, Stored } from "./store";

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
