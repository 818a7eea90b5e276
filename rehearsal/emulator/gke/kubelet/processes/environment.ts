import type { KubeClient } from "../../../kube/client";
import type { Container, EnvSource, Pod } from "../../world/kinds";
import { dataOf } from "./data";

/**
 * The variables of a container, as a kubelet resolves them. Left out: limits and requests of the container
 * (`resourceFieldRef`), and variables about Services.
 */
export async function environmentOf(
  client: KubeClient,
  pod: Pod,
  container: Container,
  podIP: string,
): Promise<Record<string, string>> {
  const namespace = pod.metadata.namespace ?? "default";
  const env: Record<string, string> = {};
  for (const { prefix = "", configMapRef, secretRef } of container.envFrom ?? []) {
    const [kind, ref] = configMapRef
      ? (["ConfigMap", configMapRef] as const)
      : (["Secret", secretRef] as const);
    const data = await dataOf(client, kind, namespace, ref?.name ?? "");
    for (const [key, value] of Object.entries(data)) env[prefix + key] = value.toString();
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const found = valueFrom ? await valueOf(client, pod, valueFrom, podIP) : (value ?? "");
    if (found !== undefined) env[name] = expand(found, env);
  }
  return env;
}

async function valueOf(
  client: KubeClient,
  pod: Pod,
  { fieldRef, configMapKeyRef, secretKeyRef }: EnvSource,
  podIP: string,
): Promise<string | undefined> {
  if (fieldRef) return fieldOf(pod, fieldRef.fieldPath, podIP);
  const [kind, ref] = configMapKeyRef
    ? (["ConfigMap", configMapKeyRef] as const)
    : (["Secret", secretKeyRef] as const);
  if (!ref) return undefined;
  const data = await dataOf(client, kind, pod.metadata.namespace ?? "default", ref.name ?? "");
  return data[ref.key]?.toString();
}

/** Fields that the downward API knows. */
function fieldOf(pod: Pod, path: string, podIP: string): string {
  const { name, namespace = "default", uid = "", labels = {}, annotations = {} } = pod.metadata;
  const [, map, key = ""] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map !== undefined) return (map === "labels" ? labels : annotations)[key] ?? "";
  const fields: Record<string, string | undefined> = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": uid,
    "spec.nodeName": pod.spec.nodeName,
    "spec.serviceAccountName": pod.spec.serviceAccountName,
    "status.podIP": podIP,
    "status.podIPs": podIP,
  };
  return fields[path] ?? "";
}

/** `$(NAME)` is the value of an earlier variable; `$$(NAME)` is the text itself. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\$|\(([^)]+)\))/g, (whole, _, name?: string) => {
    if (name === undefined) return "$";
    return env[name] ?? whole;
  });
}
