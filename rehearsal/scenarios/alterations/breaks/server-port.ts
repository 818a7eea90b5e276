import type { Break } from "./break";

export const serverPort: Break = {
  policy: "server-port",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: { set: "spec.template.spec.containers.0.args.4", to: "8001" },
  says: [
    {
      resource: "gke-east",
      message:
        "spec.template.spec.containers[0].args[4]: the server listens on 8001, but its container declares 8000 (http); " +
        "write one port in both places",
    },
  ],
};
