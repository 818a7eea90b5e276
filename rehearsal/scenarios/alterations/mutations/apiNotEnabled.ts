import { alter } from "../alter";

alter("gcp:projects/service:Service::apis-container", ({ props }) => {
  props.service = "pubsub.googleapis.com";
});
