import { configMaps } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import {
  type Finding,
  pending,
  type Resource,
  resourcePolicy,
  security,
  type Selector,
  type Value,
  violation,
} from "../frame";

import { credentialIn, isHarmless, masked, saysSecret } from "./credentials";

/** Objects of the API. Charts and files are excluded, because their values may fill a Secret. */
const OBJECT_TOKEN = /^kubernetes:(?!(?:helm\.sh|kustomize|yaml)\/)[^:/]+\/[^:/]+:/;

const SECRET_KINDS = ["Secret", "SecretList"];
const secrets = SECRET_KINDS.map((kind) => objectsOfKind({ kind, groups: [""] }));

const objectsButSecrets: Selector = {
  label: "Kubernetes objects but Secrets",
  matches: (resource) => {
    return isObject(resource) && !secrets.some((selector) => selector.matches(resource));
  },
};

export const noPlainSecret = resourcePolicy({
  name: "no-plain-secret",
  description: "Only Secrets hold secrets: no other Kubernetes object has one in plain text.",
  severity: "high",
  framework: security,
  remediationSteps:
    "Put the value into a Secret (from Pulumi's secret configuration or Secret Manager), refer " +
    "to it by valueFrom.secretKeyRef or a volume, and revoke the value: it is in the state, and " +
    "in whatever has read the object.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/secret",
  settings: {},
  judges: objectsButSecrets,

  *judge(resource) {
    yield* findingsBelow(resource.props);
    if (configMaps.matches(resource)) {
      for (const [name, value] of resource.props.at("data").fields ?? []) {
        yield* namedFindings(name, value);
      }
    }
  },
});

/** Judges everything below a value in any kind of object, because many kinds contain containers. */
function* findingsBelow(value: Value): Generator<Finding> {
  const credential = credentialIn(value.text ?? "");
  if (credential !== undefined) {
    const problem = `holds ${credential}, which looks like a credential, in plain text`;
    yield violation(value, problem, "put it into a Secret and refer to that");
  }
  if (isSecret(value)) {
    return;
  }
  if (value.keys.at(-1) === "env") {
    for (const variable of value.items ?? []) {
      yield* namedFindings(variable.at("name").text ?? "", variable.at("value"));
    }
  }
  for (const below of value.items ?? value.fields?.map(([, field]) => field) ?? []) {
    yield* findingsBelow(below);
  }
}

/** Values that only their name shows to be secret. */
function* namedFindings(name: string, value: Value): Generator<Finding> {
  const text = String(value.raw ?? "");
  if (!saysSecret(name) || isHarmless(text)) {
    return;
  }
  if (value.unknown) {
    yield pending(value);
  } else if (credentialIn(text) === undefined) {
    const problem = `holds ${masked(text)} in plain text, though ${name} is a name for secrets`;
    yield violation(value, problem, "put it into a Secret and refer to that");
  }
}

function isObject(resource: Resource): boolean {
  const hasKind = resource.prop("apiVersion").present && resource.prop("kind").present;
  return hasKind || OBJECT_TOKEN.test(resource.type);
}

function isSecret(object: Value): boolean {
  const isCore = object.at("apiVersion").text === "v1";
  return isCore && SECRET_KINDS.includes(object.at("kind").text ?? "");
}
