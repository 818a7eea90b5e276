import { alter } from "../alter";

alter("gcp:compute/subnetwork:Subnetwork::us-east4-proxy", ({ props }) => {
  props.region = "europe-west3"; // which has one
});
