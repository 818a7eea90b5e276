import type * as pulumi from "@pulumi/pulumi";

/** The key is read as a secret, so the schema does not have it. */
export const TOKEN = "huggingFaceToken";
const TOKEN_SECRET = "huggingFaceSecret";

/** Where model servers get their token from: the stack's configuration, or a secret of Secret Manager. */
export type TokenSource =
  { kind: "value"; token: pulumi.Output<string> } | { kind: "secret-manager"; secret: string };

/** @returns where the token comes from, or what is wrong with it */
export function tokenSource(config: pulumi.Config): TokenSource | string {
  const token = config.getSecret(TOKEN);
  const secret = config.get(TOKEN_SECRET);
  if (token && secret) return `got a token; allowed: nothing beside ${TOKEN_SECRET}`;
  if (token) return { kind: "value", token };
  if (secret) return { kind: "secret-manager", secret };
  return `got nothing; allowed: a secret, a Hugging Face token that may read the model, or ${TOKEN_SECRET} in its place`;
}
