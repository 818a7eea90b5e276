import { Secret } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import * as yaml from "js-yaml";

import type { SecretProviderClass } from "../../customResources/secretProviderClass";
import { customResource } from "../../customResources/customResource";
import type { ModelServerArgs, TokenSource } from "./args";
import type { PodParts } from "./podParts";

/** Name of the Secret or of the SecretProviderClass. */
const NAME = "hf-token";
const KEY = "token";
/** A separate directory, because the volume hides its contents. */
const DIRECTORY = "/var/run/secrets/hugging-face";

/** Registers the object that the pod takes its token from. */
export function createTokenObject(
  name: string,
  { namespace, token }: Pick<ModelServerArgs, "namespace" | "token">,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const metadata = { name: NAME, namespace };
  if (token.kind === "value") {
    return new Secret(`${name}-${NAME}`, { metadata, stringData: { [KEY]: token.token } }, opts);
  }
  return customResource(`${name}-${NAME}`, providerClass(metadata, token), opts);
}

function providerClass(
  metadata: { name: string; namespace: string },
  { secret, version = "latest" }: Extract<TokenSource, { kind: "secret-manager" }>,
): SecretProviderClass {
  const secrets = yaml.dump([{ resourceName: `${secret}/versions/${version}`, path: KEY }]);
  return {
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata,
    spec: { provider: "gke", parameters: { secrets } },
  };
}

/** How the container that talks to Hugging Face gets the token. */
export function tokenParts({ kind }: TokenSource): PodParts {
  if (kind === "value") {
    const valueFrom = { secretKeyRef: { name: NAME, key: KEY } };
    return { volumes: [], volumeMounts: [], env: [{ name: "HF_TOKEN", valueFrom }] };
  }
  const csi = {
    driver: "secrets-store-gke.csi.k8s.io",
    readOnly: true,
    volumeAttributes: { secretProviderClass: NAME },
  };
  return {
    volumes: [{ name: NAME, csi }],
    volumeMounts: [{ name: NAME, mountPath: DIRECTORY, readOnly: true }],
    env: [{ name: "HF_TOKEN_PATH", value: `${DIRECTORY}/${KEY}` }],
  };
}
