import { podMonitorings, secrets } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import type { Resource, Selector, Value } from "../frame";

import { containersOf, initContainersOf, podRunners, podTemplatesOf } from "./podSpec";

/** A place that names another object. */
export interface Reference {
  readonly kind: string;
  readonly name: Value;
  /** Keys that the object's data must have. */
  readonly keys: readonly Value[];
  /** Absent if it is the namespace of the referring object. */
  readonly namespace?: Value;
  /** The effect if there is no such object. */
  readonly effect: string;
}

const RBAC = ["rbac.authorization.k8s.io"];
const roleBindings = objectsOfKind({ kind: "RoleBinding", groups: RBAC });
const clusterRoleBindings = objectsOfKind({ kind: "ClusterRoleBinding", groups: RBAC });

/** They set the number of pods of another object. */
const scalers = [
  objectsOfKind({ kind: "HorizontalPodAutoscaler", groups: ["autoscaling"] }),
  objectsOfKind({ kind: "VerticalPodAutoscaler", groups: ["autoscaling.k8s.io"] }),
];

/** How the objects of a kind refer to others. */
const REFERRERS: readonly {
  readonly refers: Selector;
  readonly references: (resource: Resource) => Iterable<Reference>;
}[] = [
  { refers: podRunners, references: referencesOfPods },
  { refers: roleBindings, references: referencesOfBinding },
  { refers: clusterRoleBindings, references: referencesOfBinding },
  { refers: podMonitorings, references: referencesOfMonitoring },
  { refers: secrets, references: referencesOfSecret },
  ...scalers.map((refers) => ({ refers, references: referencesOfScaler })),
];

/** Picks objects that refer to others by name. */
export const referrers: Selector = {
  label: "objects that refer to others",
  matches: (resource) => REFERRERS.some(({ refers }) => refers.matches(resource)),
};

/** All mandatory references of an object. */
export function referencesOf(resource: Resource): readonly Reference[] {
  const referrer = REFERRERS.find(({ refers }) => refers.matches(resource));
  const all = [...(referrer?.references(resource) ?? [])];
  return all.filter(({ name }) => !name.absent && name.raw !== "");
}

const NO_START = "so no pod starts";
const NOT_MADE = "so no pod is made";

function* referencesOfPods(resource: Resource): Generator<Reference> {
  for (const template of podTemplatesOf(resource)) {
    const spec = template.at("spec");
    const name = spec.at("serviceAccountName");
    yield { kind: "ServiceAccount", name, keys: [], effect: NOT_MADE };
    const priority = spec.at("priorityClassName");
    yield { kind: "PriorityClass", name: priority, keys: [], effect: NOT_MADE };
    for (const container of [...initContainersOf(template), ...containersOf(template)]) {
      yield* referencesOfContainer(container);
    }
    for (const volume of spec.at("volumes").items ?? []) {
      yield* referencesOfVolume(volume);
    }
  }
}

function* referencesOfContainer(container: Value): Generator<Reference> {
  for (const variable of container.at("env").items ?? []) {
    const from = variable.at("valueFrom");
    yield* needed("Secret", from.at("secretKeyRef"), "name", keyOf);
    yield* needed("ConfigMap", from.at("configMapKeyRef"), "name", keyOf);
  }
  for (const source of container.at("envFrom").items ?? []) {
    yield* needed("Secret", source.at("secretRef"), "name");
    yield* needed("ConfigMap", source.at("configMapRef"), "name");
  }
}

function* referencesOfVolume(volume: Value): Generator<Reference> {
  yield* needed("Secret", volume.at("secret"), "secretName", keysOfItems);
  yield* needed("ConfigMap", volume.at("configMap"), "name", keysOfItems);
  yield* needed("PersistentVolumeClaim", volume.at("persistentVolumeClaim"), "claimName");
  const csi = volume.at("csi");
  yield* needed("Secret", csi.at("nodePublishSecretRef"), "name");
  if (SECRETS_STORE.test(csi.at("driver").text ?? "")) {
    yield* needed("SecretProviderClass", csi.at("volumeAttributes"), "secretProviderClass");
  }
  for (const source of volume.at("projected", "sources").items ?? []) {
    yield* needed("Secret", source.at("secret"), "name", keysOfItems);
    yield* needed("ConfigMap", source.at("configMap"), "name", keysOfItems);
  }
}

/** Drivers that mount what a SecretProviderClass lists: the community's, and GKE's. */
const SECRETS_STORE = /^secrets-store(?:-gke)?\.csi\.(?:k8s\.io|x-k8s\.io)$/;

function* needed(
  kind: string,
  reference: Value,
  name: string,
  keysIn: (reference: Value) => readonly Value[] = () => [],
): Generator<Reference> {
  if (reference.fields !== undefined && reference.at("optional").raw !== true) {
    yield { kind, name: reference.at(name), keys: keysIn(reference), effect: NO_START };
  }
}

function keyOf(reference: Value): readonly Value[] {
  return [reference.at("key")];
}

function keysOfItems(reference: Value): readonly Value[] {
  return (reference.at("items").items ?? []).map((item) => item.at("key"));
}

function* referencesOfBinding({ props }: Resource): Generator<Reference> {
  const role = props.at("roleRef");
  const effect = "so the binding grants nothing";
  yield { kind: role.at("kind").text ?? "", name: role.at("name"), keys: [], effect };
  for (const subject of props.at("subjects").items ?? []) {
    if (subject.at("kind").text === "ServiceAccount") {
      const [name, namespace] = [subject.at("name"), subject.at("namespace")];
      yield { kind: "ServiceAccount", name, keys: [], namespace, effect };
    }
  }
}

function* referencesOfMonitoring({ props }: Resource): Generator<Reference> {
  for (const endpoint of props.at("spec", "endpoints").items ?? []) {
    const secretsOf = [
      endpoint.at("authorization", "credentials", "secret"),
      endpoint.at("basicAuth", "password", "secret"),
      endpoint.at("oauth2", "clientSecret", "secret"),
    ];
    for (const secret of secretsOf) {
      const name = secret.at("name");
      const keys = [secret.at("key")];
      const namespace = secret.at("namespace");
      yield { kind: "Secret", name, keys, namespace, effect: "so no metrics are read" };
    }
  }
}

function* referencesOfScaler({ props }: Resource): Generator<Reference> {
  const target = props
    .at("spec")
    .at(props.at("spec", "targetRef").absent ? "scaleTargetRef" : "targetRef");
  const effect = "so nothing is scaled";
  yield { kind: target.at("kind").text ?? "", name: target.at("name"), keys: [], effect };
}

/** A Secret that Kubernetes fills with an account's token. */
function* referencesOfSecret({ props }: Resource): Generator<Reference> {
  if (isAccountToken(props)) {
    const name = props.at("metadata", "annotations", "kubernetes.io/service-account.name");
    const effect = "so Kubernetes removes this Secret";
    yield { kind: "ServiceAccount", name, keys: [], effect };
  }
}

/** Whether Kubernetes itself fills a Secret. */
export function isAccountToken(props: Value): boolean {
  return props.at("type").text === "kubernetes.io/service-account-token";
}
