import { type Failure, nameOf } from "../support/engine";

/** A resource that GKE created and has not deleted yet, and the stack's resource whose deletion it blocks. */
export interface Leftover {
  /** As a person calls it: `firewall rule gke-gke-east-1a2b3c4d-mcsd`. */
  what: string;
  /** Name of the stack's resource that it keeps. */
  keeps: string;
  /** Who may remove it. */
  role: string;
  /** Command that removes it. */
  command: string;
  /** Command that lists all of its kind: Google names one at a time. */
  list: string;
}

interface Kind {
  noun: string;
  /**
   * Names that GKE's controllers give: a resource with another name was created by a person, and GKE does not delete
   * it.
   */
  names: RegExp;
  /** A role with the right to delete it. */
  role: string;
  /** Group of `gcloud compute`. */
  group: string;
}

/** A rule of GKE's that belongs to a cluster has a hash of it and one of these endings. */
const OF_CLUSTERS_OR_CONTROLLERS =
  /^(gke-.+-[0-9a-f]{8}-(all|vms|master|inkubelet|exkubelet|mcsd)|(gkemcg1|gkegw1|k8s\d?|mci)-.+)$/;
/** The program has no Service of type LoadBalancer and no Ingress; `k8s-` and `k8s2-` are theirs, if a user adds one. */
const OF_CONTROLLERS = /^(gkemcg1|gkegw1|k8s\d?|mci)-/;

/**
 * Kinds by their collection in Compute Engine. Sources of the names: GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#49
 * (`gke-...-mcsd`), modelplaneai/modelplane#230 (`k8s-...`), apollosolutions/build-a-supergraph#34 (`k8s1-...`); of the
 * roles: their permissions, 2026-11.
 */
const KINDS: Record<string, Kind> = {
  firewalls: {
    noun: "firewall rule",
    names: OF_CLUSTERS_OR_CONTROLLERS,
    role: "roles/compute.securityAdmin",
    group: "firewall-rules",
  },
  networkEndpointGroups: {
    noun: "network endpoint group",
    names: OF_CONTROLLERS,
    role: "roles/compute.admin",
    group: "network-endpoint-groups",
  },
  forwardingRules: {
    noun: "forwarding rule",
    names: OF_CONTROLLERS,
    role: "roles/compute.networkAdmin",
    group: "forwarding-rules",
  },
};

/** Compute Engine's words; a path is `projects/p/global/c/n`, or with `zones/z` or `regions/r` in place of `global`. */
const USED_BY =
  /is already being used by\s+'projects\/([^/']+)\/(?:global|(zone|region)s\/([^/']+))\/(\w+)\/([^/']+)'/;

/** The resource of GKE that blocks a deletion; undefined if the deletion failed for another reason. */
export function leftoverBehind({ operation, urn, messages }: Failure): Leftover | undefined {
  const [, project = "", place, where = "", collection = "", name = ""] =
    USED_BY.exec(messages.join("\n")) ?? [];
  const kind = KINDS[collection];
  if (operation !== "delete" || !kind?.names.test(name)) return undefined;
  const at = place === undefined ? "" : ` --${place} ${where}`;
  const compute = `gcloud compute ${kind.group}`;
  const global = collection === "forwardingRules" && place === undefined ? " --global" : "";
  return {
    what: `${kind.noun} ${name}`,
    keeps: nameOf(urn),
    role: kind.role,
    command: `${compute} delete ${name}${at}${global} --project ${project}`,
    list: `${compute} list --project ${project}`,
  };
}
