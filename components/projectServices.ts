import { getProjectOutput } from "@pulumi/gcp/organizations";
import { IAMMember, Service, ServiceIdentity } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

import { type Api, APIS, type OptionalApi } from "../catalog/apis";

/** The API for projects; the provider asks it about the project of every API that it enables. */
const PROJECTS = "cloudresourcemanager";

export interface ProjectServicesArgs {
  /** Id of the project. */
  project: string;
  /** APIs beside those that every gateway needs. @default none */
  optional?: OptionalApi[];
}

/**
 * Enables the APIs of the project, and gives the agent of multi-cluster gateways the right to read and write objects in
 * the clusters. An API stays enabled when the stack is destroyed: other stacks of the project may use it.
 *
 * @example
 * ```ts
 * const apis = new ProjectServices("apis", { project, optional: ["storage"] });
 * ```
 */
export class ProjectServices extends pulumi.ComponentResource {
  /** Role of the gateway controller's agent; the multi-cluster feature does nothing without it. */
  readonly agentRole: IAMMember;
  private readonly services: Map<Api, Service>;

  constructor(name: string, args: ProjectServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:ProjectServices", name, {}, opts);
    const { project, optional } = args;
    this.services = enableApis(name, { project, optional }, { parent: this });
    this.agentRole = grantAgent(
      `${name}-multiclusteringress-agent`,
      { project, gatewayApi: this.of("multiclusteringress"), projectsApi: this.of(PROJECTS) },
      { parent: this },
    );
    this.registerOutputs();
  }

  /** The APIs of a multi-cluster gateway, for its `dependsOn`. */
  get forGateway(): Service[] {
    return this.of(
      "gkehub",
      "multiclusteringress",
      "multiclusterservicediscovery",
      "trafficdirector",
    );
  }

  /**
   * The services that enable these APIs, for `dependsOn` of their resources.
   * @throws if one is optional and not enabled
   */
  of(...apis: Api[]): Service[] {
    return apis.map((api) => {
      const service = this.services.get(api);
      if (!service) throw new Error(`apis: ${api} is not enabled; ask for it in \`optional\``);
      return service;
    });
  }
}

function enableApis(
  name: string,
  { project, optional = [] }: ProjectServicesArgs,
  opts: pulumi.CustomResourceOptions,
): Map<Api, Service> {
  const enable = (api: Api, dependsOn: Service[] = []) =>
    new Service(
      `${name}-${api}`,
      { project, service: `${api}.googleapis.com`, disableOnDestroy: false },
      { ...opts, dependsOn },
    );
  const first = enable(PROJECTS);
  const others = [...APIS, ...optional].filter((api) => api !== PROJECTS);
  return new Map([[PROJECTS, first], ...others.map((api) => [api, enable(api, [first])] as const)]);
}

interface AgentArgs {
  /** Id of the project. */
  project: string;
  /** APIs that the agent needs. */
  gatewayApi: Service[];
  /** APIs that the lookup of the project needs. */
  projectsApi: Service[];
}

function grantAgent(
  name: string,
  { project, gatewayApi, projectsApi }: AgentArgs,
  opts: pulumi.CustomResourceOptions,
): IAMMember {
  const agent = new ServiceIdentity(
    name,
    { project, service: "multiclusteringress.googleapis.com" },
    { ...opts, dependsOn: gatewayApi },
  );
  // The agent's address follows from the project's number. Google's answer need not have it, and then a grant would
  // have no member (hashicorp/terraform-provider-google#18649). Only an enabled API can be asked: in a new project, not
  // before the first `up`.
  const asked = { parent: opts.parent, dependsOn: projectsApi };
  const { number } = getProjectOutput({ projectId: project }, asked);
  const member = pulumi
    .all([number, agent.id])
    .apply(
      ([n]) => `serviceAccount:service-${n}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`,
    );
  return new IAMMember(
    `${name}-role`,
    { project, role: "roles/container.admin", member },
    { ...opts, dependsOn: projectsApi },
  );
}
