import { IAMMember } from "@pulumi/gcp/projects";
import { Account } from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";

/** The roles that a node needs, and no more. Without `autoscaling.metricsWriter` the load balancer gets no metric. */
const ROLES = [
  "roles/artifactregistry.reader",
  "roles/autoscaling.metricsWriter",
  "roles/logging.logWriter",
  "roles/monitoring.metricWriter",
  "roles/monitoring.viewer",
  "roles/stackdriver.resourceMetadata.writer",
];

export interface NodeIdentityArgs {
  /** Id of the project. */
  project: string;
}

/**
 * The service account that the nodes of all clusters run as, in place of Compute Engine's default account. Roles are
 * granted one member at a time: an authoritative binding would remove all other members of the project.
 *
 * @example
 * ```ts
 * const nodes = new NodeIdentity("nodes", { project }, { dependsOn: apis.of("iam") });
 * ```
 */
export class NodeIdentity extends pulumi.ComponentResource {
  /** Known only once every role is granted, so that no node starts without one. */
  readonly email: pulumi.Output<string>;

  constructor(name: string, args: NodeIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:NodeIdentity", name, {}, opts);
    const { project } = args;
    const account = createAccount(name, { project }, { parent: this });
    const grants = grantRoles(name, { project, member: account.member }, { parent: this });
    this.email = pulumi.all(grants.map((grant) => grant.id)).apply(() => account.email);
    this.registerOutputs({ email: this.email });
  }
}

function createAccount(
  name: string,
  { project }: NodeIdentityArgs,
  opts: pulumi.CustomResourceOptions,
): Account {
  // A deleted account keeps its id for 30 days, and its grants are lost for good: a new stack takes a new id.
  const suffix = new RandomId(`${name}-suffix`, { byteLength: 3 }, opts);
  const accountId = pulumi.interpolate`inference-node-${suffix.hex}`;
  const displayName = `Nodes of ${pulumi.getProject()} ${pulumi.getStack()}`;
  return new Account(name, { project, accountId, displayName }, opts);
}

function grantRoles(
  name: string,
  { project, member }: NodeIdentityArgs & { member: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): IAMMember[] {
  return ROLES.map(
    (role) =>
      new IAMMember(`${name}-${role.slice("roles/".length)}`, { project, role, member }, opts),
  );
}
