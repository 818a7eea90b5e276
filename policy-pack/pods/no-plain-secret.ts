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

import { flagsAmong } from "../picker/flags";

import { credentialIn, isHarmless, masked, saysSecret, saysSecretHeader } from "./credentials";
import { isHarmlessSetting, secretSettingsIn, textKindOf } from "./settingsText";

const FIX = "put it into a Secret and refer to that";

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
        yield* textFindings(value, value.text ?? "", name);
      }
      for (const [name, value] of resource.props.at("binaryData").fields ?? []) {
        yield* namedFindings(name, value);
        const text = Buffer.from(value.text ?? "", "base64").toString();
        yield* credentialFindings(value, text);
        yield* textFindings(value, text, name);
      }
    }
  },
});

/** Lists of names and values. */
const LISTS: Readonly<Record<string, (name: string) => boolean>> = {
  env: saysSecret,
  // Probes and filters of routes have these.
  httpHeaders: saysSecretHeader,
  set: saysSecretHeader,
  add: saysSecretHeader,
};

/** Lists of the words of a command line. */
const WORDS = /^(?:command|args|\w+(?:Command|Args))$/;

/** Judges everything below a value in any kind of object, because many kinds contain containers. */
function* findingsBelow(value: Value): Generator<Finding> {
  yield* credentialFindings(value, value.text ?? "");
  if (isSecret(value)) {
    return;
  }
  const key = String(value.keys.at(-1));
  const saysSo = Object.hasOwn(LISTS, key) ? LISTS[key] : undefined;
  for (const item of saysSo === undefined ? [] : (value.items ?? [])) {
    yield* namedFindings(item.at("name").text ?? "", item.at("value"), saysSo);
  }
  if (WORDS.test(key)) {
    yield* wordFindings(value.items ?? []);
  }
  for (const below of value.items ?? value.fields?.map(([, field]) => field) ?? []) {
    yield* findingsBelow(below);
  }
}

/** Values that their format shows to be secret. */
function* credentialFindings(value: Value, text: string): Generator<Finding> {
  const credential = credentialIn(text);
  if (credential !== undefined) {
    const problem = `holds ${credential}, which looks like a credential, in plain text`;
    yield violation(value, problem, FIX);
  }
}

/** Values that only their name shows to be secret. */
function* namedFindings(name: string, value: Value, saysSo = saysSecret): Generator<Finding> {
  const text = String(value.raw ?? "");
  if (!saysSo(name) || isHarmless(name, text)) {
    return;
  }
  if (value.unknown) {
    yield pending(value);
  } else if (credentialIn(text) === undefined) {
    yield named(name, value, text);
  }
}

/** Flags, and settings in words that are scripts. */
function* wordFindings(words: readonly Value[]): Generator<Finding> {
  const flags = flagsAmong(words);
  for (const { name, at, value } of flags) {
    if (!isHarmlessSetting(name, String(value.raw ?? ""))) {
      yield* namedFindings(name, value);
    }
    // A setting within a flag: --set=password=x.
    yield* at.keys === value.keys ? textFindings(value, value.text ?? "") : [];
  }
  const isFlag = new Set(flags.map(({ at }) => at.keys.at(-1)));
  for (const word of words.filter(({ keys }) => !isFlag.has(keys.at(-1)))) {
    yield* textFindings(word, word.text ?? "");
  }
}

/** Settings in a text that only their names show to be secret. */
function* textFindings(value: Value, text: string, file?: string): Generator<Finding> {
  for (const { name, value: secret } of secretSettingsIn(text, textKindOf(text, file))) {
    if (credentialIn(secret) === undefined) {
      yield named(name, value, secret);
    }
  }
}

function named(name: string, value: Value, secret: string): Finding {
  const problem = `holds ${masked(secret)} in plain text, though ${name} is a name for secrets`;
  return violation(value, problem, FIX);
}

function isObject(resource: Resource): boolean {
  const hasKind = resource.prop("apiVersion").present && resource.prop("kind").present;
  return hasKind || OBJECT_TOKEN.test(resource.type);
}

function isSecret(object: Value): boolean {
  const isCore = object.at("apiVersion").text === "v1";
  return isCore && SECRET_KINDS.includes(object.at("kind").text ?? "");
}
