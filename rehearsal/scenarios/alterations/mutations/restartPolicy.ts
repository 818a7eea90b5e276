import { alter, at } from "../alter";

alter("kubernetes:apps/v1:Deployment::gke-east", ({ props }) => {
  const server = at(props, "spec", "template", "spec", "containers", 0);
  server.restartPolicy = "IfNotPresent"; // the how-to has it for an init container
});
