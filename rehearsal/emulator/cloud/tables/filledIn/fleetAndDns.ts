import { at } from "../../json";
import { has } from "./conditions";
import { FilledIn } from "./filledIn";
import {
  MANAGED_ZONE as MANAGED_ZONE_RECORDED,
  MEMBERSHIP as MEMBERSHIP_RECORDED,
} from "./sources";

const AUTHORITY = has("authority.issuer", "it has an authority");

/** What GKE Hub fills into a membership. Around it: `workloadPool`. */
export const MEMBERSHIP: readonly FilledIn[] = [
  {
    field: "authority.identityProvider",
    value: (membership) => at(membership, "authority.issuer"),
    shown: "the issuer",
    when: AUTHORITY,
    source: MEMBERSHIP_RECORDED,
  },
  {
    field: "authority.workloadIdentityPool",
    value: (_membership, { workloadPool }) => workloadPool,
    shown: "`<project>.svc.id.goog`",
    when: AUTHORITY,
    source: MEMBERSHIP_RECORDED,
  },
  { field: "infrastructureType", value: "MULTI_CLOUD", source: MEMBERSHIP_RECORDED },
  { field: "state.code", value: "READY", source: MEMBERSHIP_RECORDED },
];

export const MANAGED_ZONE: readonly FilledIn[] = [
  {
    field: "cloudLoggingConfig.kind",
    value: "dns#managedZoneCloudLoggingConfig",
    source: MANAGED_ZONE_RECORDED,
  },
  { field: "visibility", value: "public", source: MANAGED_ZONE_RECORDED },
];
