import type { KubeObject } from "../../emulator/kube/objects";
import { registeredObject } from "../../emulator/kube/registered";
import { lostFields, type Registration } from "./keptFields";

import { clusterClients } from "../clusterClients";
import type { Engine, StateResource } from "../engine";
import type { Environment } from "../environment";

/** How the engine writes a secret into a state that is exported with its secrets. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/**
 * Holds every object of a stack against what its API server keeps of it.
 * @returns how many were compared
 * @throws with every field that was lost
 */
export async function compareFields(environment: Environment): Promise<string> {
  let count = 0;
  const lost = await lostFieldsOf(environment, (object) => {
    count++;
    return object;
  });
  if (lost.length > 0) throw new Error(`not kept as registered:\n${indented(lost)}`);
  return `${count} objects, every field`;
}

/**
 * One line for each field that was lost.
 * @param change what is done to each object before it is asked about
 */
export async function lostFieldsOf(
  { engine, cloud, directories }: Environment,
  change: (object: KubeObject) => KubeObject,
): Promise<string[]> {
  const registrations = await registrationsOf(engine);
  const clients = clusterClients(directories, await cloud.clusters());
  try {
    const changed = registrations.map((each) => ({ ...each, object: change(each.object) }));
    return await lostFields(changed, clients);
  } finally {
    for (const client of clients.values()) client.close();
  }
}

async function registrationsOf(engine: Engine): Promise<Registration[]> {
  const { deployment } = await engine.export("--show-secrets");
  const resources = deployment.resources ?? [];
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map((resource) => ({
      cluster: clusterOf(resource),
      object: registeredObject(resource.type, shownSecrets(resource.inputs ?? {}) as object),
    }));
}

/** Providers have the names of their clusters. */
function clusterOf({ urn, provider = "" }: StateResource): string {
  const [, name] = /pulumi:providers:kubernetes::([^:]+)::/.exec(provider) ?? [];
  if (name === undefined) throw new Error(`${urn} has no provider of its own`);
  return name;
}

function shownSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownSecrets);
  if (typeof value !== "object" || value === null) return value;
  const { plaintext } = value as { plaintext?: string };
  if (SIGNATURE in value && plaintext !== undefined) return JSON.parse(plaintext);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "__defaults")
      .map(([key, item]) => [key, shownSecrets(item)]),
  );
}

function indented(lines: string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
