import type { Break } from "./break";

export const imagePinned: Break = {
  policy: "image-pinned",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: {
    set: "spec.template.spec.initContainers",
    to: [{ name: "pull", image: "docker.io/library/busybox:latest" }],
  },
  says: [
    {
      resource: "gke-east",
      message:
        "spec.template.spec.initContainers[0].image: tag latest stands for another image tomorrow; " +
        "name a release's tag, or a digest (@sha256:...)",
    },
  ],
};
