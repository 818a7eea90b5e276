import type { Break } from "./break";

/** A Hugging Face token by its looks, and nobody's. */
const TOKEN = `hf_${"a".repeat(34)}`;

export const noSecretOutput: Break = {
  policy: "no-secret-output",
  at: { type: "pulumi:pulumi:Stack", name: "inference-gateway-dev" },
  change: { duplicate: "with-token", set: { token: TOKEN } },
  says: [
    {
      resource: "with-token",
      level: "advisory",
      message:
        'token: holds "hf_a...", by its looks a credential; make it a secret with pulumi.secret, unless it is one',
    },
  ],
};
