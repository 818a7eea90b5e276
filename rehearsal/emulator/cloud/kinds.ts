import { JsonObject } from "./json";

/** A type of resource, named as Cloud Asset Inventory does, with the shape of its resources. */
export interface Kind<T extends JsonObject> {
  readonly type: string;
  /** Never set: ties the shape to the type. */
  readonly shape?: T;
}

function kind<T extends JsonObject>(type: string): Kind<T> {
  return { type };
}

export interface Network extends JsonObject {
  name: string;
  autoCreateSubnetworks: boolean;
}

export interface SecondaryRange extends JsonObject {
  rangeName: string;
  ipCidrRange: string;
}

export interface Subnetwork extends JsonObject {
  name: string;
  /** `projects/{project}/global/networks/{name}`, as are all references between resources below. */
  network: string;
  region: string;
  ipCidrRange: string;
  purpose: string;
  role?: string;
  secondaryIpRanges?: SecondaryRange[];
}

export interface Nat extends JsonObject {
  name: string;
  sourceSubnetworkIpRangesToNat: string;
  natIps?: string[];
  subnetworks?: JsonObject[];
}

export interface Router extends JsonObject {
  name: string;
  network?: string;
  region: string;
  nats: Nat[];
}

export interface Firewall extends JsonObject {
  name: string;
  network: string;
  /** Set on a rule that GKE created. */
  managed?: Managed["managed"];
}

/**
 * A resource that GKE's controllers create on their own; `managed/` decides its life.
 */
export interface Managed extends JsonObject {
  name: string;
  managed: {
    /** The cluster that it is made for. */
    cluster: string;
    /** Whether it is deleted with the cluster, whatever else exists. */
    ofCluster?: boolean;
    /** How long after its last use the real cloud deletes it. */
    collectedAfterSeconds: number;
    /** When its last use ended. */
    releasedAt?: number;
    /** Its controller lost sight of its cluster while it was needed: it is never deleted. */
    leftBehind?: boolean;
  };
}

/** Zonal, of the pods of an exported pool. */
export interface NetworkEndpointGroup extends Managed {
  network: string;
  subnetwork: string;
}

export interface ForwardingRule extends Managed {
  network: string;
  /** Where its address is from. */
  subnetwork?: string;
}

export interface Address extends JsonObject {
  name: string;
  region: string;
  address: string;
  addressType: string;
  subnetwork?: string;
}

/** Zonal. */
export interface Reservation extends JsonObject {
  name: string;
  zone: string;
}

export interface Cluster extends JsonObject {
  name: string;
  location: string;
  network: string;
  subnetwork: string;
  /** The pods' range. */
  clusterIpv4Cidr: string;
  /** Zones of the default pool, and of node pools that name none. */
  locations: string[];
  status: string;
  currentMasterVersion: string;
  endpoint?: string;
  resourceLabels?: JsonObject;
  /** Set where the cluster's own `fleet` block registered it: `//gkehub.googleapis.com/...`. */
  fleet?: JsonObject;
}

export interface NodePool extends JsonObject {
  name: string;
  status: string;
  version: string;
  locations: string[];
  /** Zones that have nodes now, and how many each of them has. */
  currentLocations: string[];
  currentNodeCount: number;
  config: NodeConfig;
  autoscaling?: JsonObject;
  management?: JsonObject;
  upgradeSettings?: JsonObject;
}

export interface NodeConfig extends JsonObject {
  machineType: string;
  diskSizeGb: number;
  serviceAccount: string;
  spot?: boolean;
  preemptible?: boolean;
  flexStart?: boolean;
  reservationAffinity?: JsonObject;
  labels?: Record<string, string>;
  taints?: Taint[];
  accelerators?: JsonObject[];
  ephemeralStorageLocalSsdConfig?: JsonObject;
}

/** `effect` as the API spells it: NO_SCHEDULE, PREFER_NO_SCHEDULE, NO_EXECUTE. */
export interface Taint extends JsonObject {
  key: string;
  value: string;
  effect: string;
}

export interface Membership extends JsonObject {
  /** `projects/{project}/locations/{location}/clusters/{name}` */
  cluster: string;
  labels?: JsonObject;
}

export interface Feature extends JsonObject {
  spec?: JsonObject;
}

export interface ServiceAccount extends JsonObject {
  email: string;
  uniqueId: string;
  disabled?: boolean;
}

export interface Bucket extends JsonObject {
  name: string;
  project: string;
}

export interface Secret extends JsonObject {
  /** How many it was given. */
  versions: number;
}

/** What is in it is not kept. */
export interface SecretVersion extends JsonObject {
  createTime: string;
  state: "ENABLED" | "DISABLED" | "DESTROYED";
  destroyTime?: string;
}

export interface Policy extends JsonObject {
  etag: string;
  bindings: Binding[];
  /** Which calls are logged; kept as it came. */
  auditConfigs?: JsonObject[];
}

export interface Binding extends JsonObject {
  role: string;
  members: string[];
  condition?: JsonObject;
}

/** A role of a project's own. */
export interface Role extends JsonObject {
  includedPermissions: string[];
}

export interface Project extends JsonObject {
  projectNumber: string;
}

/** Who has credentials; its name is the member that policies name. */
export interface CallerAccount extends JsonObject {
  token: string;
}

export const CALLER = kind<CallerAccount>("rehearsal/Caller");
/** `projects/{project}` of each that a call has named. */
export const PROJECT = kind<Project>("cloudresourcemanager.googleapis.com/Project");
/** `projects/{project}/roles/{role}` */
export const ROLE = kind<Role>("iam.googleapis.com/Role");
export const SERVICE = kind<{ state: string }>("serviceusage.googleapis.com/Service");
export const SERVICE_AGENT = kind<{ email: string }>("iam.googleapis.com/ServiceAgent");
export const SERVICE_ACCOUNT = kind<ServiceAccount>("iam.googleapis.com/ServiceAccount");
/** Exists from the project's first cluster with Workload Identity on. */
export const WORKLOAD_POOL = kind<JsonObject>("iam.googleapis.com/WorkloadIdentityPool");
/** Policy of a project, account, bucket or secret, under the name of what it is the policy of. */
export const POLICY = kind<Policy>("iam.googleapis.com/Policy");
export const NETWORK = kind<Network>("compute.googleapis.com/Network");
export const SUBNETWORK = kind<Subnetwork>("compute.googleapis.com/Subnetwork");
export const ROUTER = kind<Router>("compute.googleapis.com/Router");
export const FIREWALL = kind<Firewall>("compute.googleapis.com/Firewall");
export const ADDRESS = kind<Address>("compute.googleapis.com/Address");
export const RESERVATION = kind<Reservation>("compute.googleapis.com/Reservation");
export const NETWORK_ENDPOINT_GROUP = kind<NetworkEndpointGroup>(
  "compute.googleapis.com/NetworkEndpointGroup",
);
export const FORWARDING_RULE = kind<ForwardingRule>("compute.googleapis.com/ForwardingRule");
export const TARGET_HTTP_PROXY = kind<Managed>("compute.googleapis.com/TargetHttpProxy");
export const URL_MAP = kind<Managed>("compute.googleapis.com/UrlMap");
export const BACKEND_SERVICE = kind<Managed>("compute.googleapis.com/BackendService");
export const HEALTH_CHECK = kind<Managed>("compute.googleapis.com/HealthCheck");
export const CLUSTER = kind<Cluster>("container.googleapis.com/Cluster");
export const NODE_POOL = kind<NodePool>("container.googleapis.com/NodePool");
export const MEMBERSHIP = kind<Membership>("gkehub.googleapis.com/Membership");
export const FEATURE = kind<Feature>("gkehub.googleapis.com/Feature");
/** `projects/_/buckets/{bucket}`: a bucket's name is unique over all projects. */
export const BUCKET = kind<Bucket>("storage.googleapis.com/Bucket");
/** `projects/{project}/secrets/{secret}` */
export const SECRET = kind<Secret>("secretmanager.googleapis.com/Secret");
/** `projects/{project}/secrets/{secret}/versions/{number}`, counted from 1. */
export const SECRET_VERSION = kind<SecretVersion>("secretmanager.googleapis.com/SecretVersion");

/** What a destroyed stack leaves behind by design or has found there, and the cloud's own records. */
const OUTLIVES_DESTROY: string[] = [
  CALLER.type,
  PROJECT.type,
  ROLE.type,
  SERVICE.type,
  SERVICE_AGENT.type,
  WORKLOAD_POOL.type,
  POLICY.type,
  BUCKET.type,
  RESERVATION.type,
  SECRET.type,
  SECRET_VERSION.type,
  "monitoring.googleapis.com/NotificationChannel",
  "longrunning.googleapis.com/Operation",
  "rehearsal/Knobs",
];

export function outlivesDestroy(type: string): boolean {
  return OUTLIVES_DESTROY.includes(type);
}
