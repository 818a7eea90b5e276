import type { Break } from "./break";

export const noPlainSecret: Break = {
  policy: "no-plain-secret",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: {
    set: "spec.template.spec.containers.0.env.0",
    to: { name: "HF_TOKEN", value: "not a token, but in its place" },
  },
  says: [
    {
      resource: "gke-east",
      message:
        'spec.template.spec.containers[0].env[0].value: holds "not ...", by its name HF_TOKEN a secret, in plain text; ' +
        "put it into a Secret and refer to that",
    },
  ],
};
