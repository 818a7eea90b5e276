/** What a Pulumi type token says about the object: `kubernetes:apps/v1:Deployment`. */
export interface TypeToken {
  /** As the API takes it: `apps/v1`, and `v1` for the token's `core/v1`. */
  apiVersion: string;
  kind: string;
  /** `DeploymentPatch` manages some fields of a Deployment with another owner. */
  patch: boolean;
}

/** @throws Error for a token that stands for no single object of a cluster */
export function parseToken(token: string): TypeToken {
  const [, groupVersion = "", name = ""] = token.split(":");
  const [group, version, ...rest] = groupVersion.split("/");
  if (!group || !version || rest.length > 0 || !name) {
    throw new Error(`${token}: not kubernetes:<group>/<version>:<Kind>`);
  }
  const patch = name.endsWith("Patch");
  return {
    apiVersion: group === "core" ? version : groupVersion,
    kind: patch ? name.slice(0, -"Patch".length) : name,
    patch,
  };
}
