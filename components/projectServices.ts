import { IAMMember, Service, ServiceIdentity } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

/** The APIs that the gateway needs, without `.googleapis.com`. Model Armor is not among them: it has no multi-cluster form. */
export const APIS = [
  "autoscaling",
  "cloudresourcemanager",
  "compute",
  "container",
  "dns",
  "gkehub",
  "iam",
  "logging",
  "monitoring",
  "multiclusteringress",
  "multiclusterservicediscovery",
  "networkservices",
  "trafficdirector",
] as const;

export type Api = (typeof APIS)[number];

export interface ProjectServicesArgs {
  /** Id of the project. */
  project: string;
}

/**
 * Enables the APIs of the project, and gives the agent of multi-cluster gateways the right to read and write objects
 * in the clusters. An API stays enabled when the stack goes: other stacks of the project may use it.
 */
export class ProjectServices extends pulumi.ComponentResource {
  /** Role of the gateway controller's agent; the multi-cluster feature does nothing without it. */
  readonly agentRole: IAMMember;
  private readonly services: Record<Api, Service>;

  constructor(name: string, args: ProjectServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:ProjectServices", name, {}, opts);
    this.services = this.enableApis(name, args.project);
    this.agentRole = this.grantAgent(name, args.project);
    this.registerOutputs();
  }

  /** What has to be enabled before a resource of these APIs can be made: for `dependsOn`. */
  of(...apis: Api[]): Service[] {
    return apis.map((api) => this.services[api]);
  }

  private enableApis(name: string, project: string): Record<Api, Service> {
    const enable = (api: Api) =>
      new Service(
        `${name}-${api}`,
        { project, service: `${api}.googleapis.com`, disableOnDestroy: false },
        { parent: this },
      );
    return Object.fromEntries(APIS.map((api) => [api, enable(api)])) as Record<Api, Service>;
  }

  private grantAgent(name: string, project: string): IAMMember {
    const agent = new ServiceIdentity(
      `${name}-multiclusteringress-agent`,
      { project, service: "multiclusteringress.googleapis.com" },
      { parent: this, dependsOn: this.of("multiclusteringress") },
    );
    return new IAMMember(
      `${name}-multiclusteringress-agent-role`,
      { project, role: "roles/container.admin", member: agent.member },
      { parent: this, dependsOn: this.of("cloudresourcemanager") },
    );
  }
}
