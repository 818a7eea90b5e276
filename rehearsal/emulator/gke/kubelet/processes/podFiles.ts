import * as fs from "node:fs/promises";
import * as path from "node:path";

import type { KubeClient } from "../../../kube/client";
import type { Container, KeyItems, Pod, Volume } from "../../world/kinds";
import { dataOf } from "./data";

/**
 * Writes the ConfigMaps and Secrets that a pod mounts below its directory. Any other volume is an empty directory. A
 * change of the objects does not reach the files of a running pod.
 */
export async function writeVolumes(client: KubeClient, pod: Pod, directory: string): Promise<void> {
  const namespace = pod.metadata.namespace ?? "default";
  for (const volume of pod.spec.volumes ?? []) {
    const at = volumeIn(directory, volume.name);
    await fs.mkdir(at, { recursive: true });
    for (const { kind, name, items } of objectsOf(volume)) {
      const data = await dataOf(client, kind, namespace, name);
      await writeAll(at, data, items);
    }
  }
}

interface Mounted extends KeyItems {
  kind: "ConfigMap" | "Secret";
  name: string;
}

function objectsOf({ configMap, secret, projected }: Volume): Mounted[] {
  const sources = [
    { configMap, secret: secret && { ...secret, name: secret.secretName } },
    ...(projected?.sources ?? []),
  ];
  return sources.flatMap(({ configMap: map, secret: hidden }): Mounted[] => [
    ...(map ? [{ kind: "ConfigMap" as const, name: map.name ?? "", items: map.items }] : []),
    ...(hidden ? [{ kind: "Secret" as const, name: hidden.name ?? "", items: hidden.items }] : []),
  ]);
}

async function writeAll(at: string, data: Record<string, Buffer>, items: KeyItems["items"]) {
  const files = items ?? Object.keys(data).map((key) => ({ key, path: key }));
  for (const { key, path: file = key } of files) {
    const target = path.join(at, file);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, data[key] ?? "", { mode: 0o600 });
  }
}

function volumeIn(directory: string, name: string): string {
  return path.join(directory, "volumes", name);
}

/** The argument as the process must get it: a path below a mount of the container leads to the volume. */
export function onThisMachine(
  argument: string,
  { volumeMounts = [] }: Container,
  directory: string,
): string {
  const mount = volumeMounts
    .filter(({ mountPath }) => argument === mountPath || argument.startsWith(`${mountPath}/`))
    .sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  if (!mount) return argument;
  const below = path.join(mount.subPath ?? "", argument.slice(mount.mountPath.length));
  return path.join(volumeIn(directory, mount.name), below);
}
