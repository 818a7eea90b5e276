import { ResourceType } from "../engine/resource";
import { account } from "./account";
import { accountIamMember } from "./accountIamMember";
import { address } from "./address";
import { alertPolicy } from "./alertPolicy";
import { bucketIamMember } from "./bucketIamMember";
import { cluster } from "./cluster";
import { dashboard } from "./dashboard";
import { feature } from "./feature";
import { firewall } from "./firewall";
import { managedZone } from "./managedZone";
import { membership } from "./membership";
import { network } from "./network";
import { nodePool } from "./nodePool";
import { projectIamMember } from "./projectIamMember";
import { recordSet } from "./recordSet";
import { router } from "./router";
import { routerNat } from "./routerNat";
import { secretIamMember } from "./secretIamMember";
import { service } from "./service";
import { serviceIdentity } from "./serviceIdentity";
import { subnetwork } from "./subnetwork";

const TYPES: ResourceType[] = [
  account,
  accountIamMember,
  address,
  alertPolicy,
  bucketIamMember,
  cluster,
  dashboard,
  feature,
  firewall,
  managedZone,
  membership,
  network,
  nodePool,
  projectIamMember,
  recordSet,
  router,
  routerNat,
  secretIamMember,
  service,
  serviceIdentity,
  subnetwork,
];

/** @throws Error that lists the types there are */
export function resourceType(token: string): ResourceType {
  const found = TYPES.find((type) => type.token === token);
  if (found) return found;
  const known = TYPES.map((type) => type.token).join(", ");
  throw new Error(`${token} is not among the types of the emulated cloud: ${known}`);
}
