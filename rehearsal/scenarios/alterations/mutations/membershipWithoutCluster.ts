import { alter, at } from "../alter";

alter("gcp:gkehub/membership:Membership::gke-east", ({ props }) => {
  at(props, "endpoint", "gkeCluster").resourceLink =
    "//container.googleapis.com/projects/my-project-dev/locations/us-east4/clusters/gke-est";
});
