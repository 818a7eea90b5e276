import { alter } from "../alter";

alter("gcp:compute/subnetwork:Subnetwork::us-east4-proxy", ({ props }) => {
  props.ipCidrRange = "10.140.144.0/23"; // inside the range of the cluster's nodes
});
