import { Container, EnvSource, KindName, KeyItems, OptionalRef, Pod, Volume } from "../world/kinds";
import { ClusterState } from "../world/world";
import { csiRefusal, VolumeSources } from "./csiVolumes";

/** Why a kubelet cannot start a container, as it says so itself. */
export interface Refusal {
  reason: string;
  message: string;
}

type Objects = Pick<ClusterState, "get">;
type Holder = Extract<KindName, "ConfigMap" | "Secret">;

/** Volumes that need nothing to be there: a pod with one of these can start. */
const SELF_CONTAINED = ["emptyDir", "downwardAPI", "hostPath", "image"];

/** Why the volumes of a pod cannot be mounted: the event FailedMount. */
export function mountRefusal(sources: VolumeSources, pod: Pod): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const missing = missingOfVolume(sources, pod, volume);
    if (missing !== undefined) {
      return `MountVolume.SetUp failed for volume "${volume.name}" : ${missing}`;
    }
  }
  return undefined;
}

/** Why a container of a pod cannot be created. */
export function containerRefusal(
  objects: Objects,
  pod: Pod,
  container: Container,
): Refusal | undefined {
  const image = container.image ?? "";
  if (!isImageReference(image)) {
    const message =
      `Failed to apply default image tag "${image}": ` +
      `couldn't parse image name "${image}": invalid reference format`;
    return { reason: "InvalidImageName", message };
  }
  const missing = missingOfEnvironment(objects, pod, container);
  if (missing === undefined) return undefined;
  return { reason: "CreateContainerConfigError", message: missing };
}

function missingOfVolume(sources: VolumeSources, pod: Pod, volume: Volume): string | undefined {
  const { objects } = sources;
  const { configMap, secret, projected, csi } = volume;
  if (configMap) return missingObject(objects, pod, "ConfigMap", configMap, configMap);
  if (secret) {
    const { secretName, optional } = secret;
    const ref = { ...(secretName !== undefined && { name: secretName }), optional };
    return missingObject(objects, pod, "Secret", ref, secret);
  }
  if (projected) {
    for (const source of projected.sources ?? []) {
      const missing =
        (source.configMap &&
          missingObject(objects, pod, "ConfigMap", source.configMap, source.configMap)) ??
        (source.secret && missingObject(objects, pod, "Secret", source.secret, source.secret));
      if (missing !== undefined) return missing;
    }
    return undefined;
  }
  if (csi) return csiRefusal(sources, pod, csi);
  const [type = "emptyDir"] = Object.keys(volume).filter((key) => key !== "name");
  if (SELF_CONTAINED.includes(type)) return undefined;
  return `volumes of type ${type} are not rehearsed`;
}

function missingOfEnvironment(
  objects: Objects,
  pod: Pod,
  container: Container,
): string | undefined {
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const missing =
      (configMapRef && missingObject(objects, pod, "ConfigMap", configMapRef)) ??
      (secretRef && missingObject(objects, pod, "Secret", secretRef));
    if (missing !== undefined) return missing;
  }
  for (const { valueFrom } of container.env ?? []) {
    const missing = valueFrom && missingOfVariable(objects, pod, valueFrom);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingOfVariable(objects: Objects, pod: Pod, source: EnvSource): string | undefined {
  const { configMapKeyRef, secretKeyRef } = source;
  if (configMapKeyRef) return missingKey(objects, pod, "ConfigMap", configMapKeyRef);
  if (secretKeyRef) return missingKey(objects, pod, "Secret", secretKeyRef);
  return undefined;
}

function missingKey(
  objects: Objects,
  pod: Pod,
  kind: Holder,
  ref: OptionalRef & { key: string },
): string | undefined {
  if (ref.optional) return undefined;
  const object = find(objects, pod, kind, ref);
  if (!object) return notFound(kind, ref);
  if (object.data && ref.key in object.data) return undefined;
  return `couldn't find key ${ref.key} in ${kind} ${pod.metadata.namespace}/${ref.name ?? ""}`;
}

function missingObject(
  objects: Objects,
  pod: Pod,
  kind: Holder,
  ref: OptionalRef,
  { items = [] }: KeyItems = {},
): string | undefined {
  if (ref.optional) return undefined;
  const object = find(objects, pod, kind, ref);
  if (!object) return notFound(kind, ref);
  const absent = items.find(({ key }) => !object.data || !(key in object.data));
  if (!absent) return undefined;
  const noun = kind === "Secret" ? "secret" : "config";
  return `references non-existent ${noun} key: ${absent.key}`;
}

function find(objects: Objects, pod: Pod, kind: Holder, ref: OptionalRef) {
  return objects.get(kind, pod.metadata.namespace, ref.name ?? "");
}

function notFound(kind: Holder, ref: OptionalRef): string {
  return `${kind.toLowerCase()} "${ref.name ?? ""}" not found`;
}

/**
 * The grammar of github.com/distribution/reference, with which container runtimes read image names.
 */
const PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const HOST = `${HOST_PART}(?:\\.${HOST_PART})*(?::[0-9]+)?`;
const IMAGE = new RegExp(
  `^(?:${HOST}/)?${PART}(?:/${PART})*(?::[\\w][\\w.-]{0,127})?` +
    "(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$",
);

export function isImageReference(image: string): boolean {
  return IMAGE.test(image);
}
