import { isDeepStrictEqual } from "node:util";

import type { KubeClient } from "../../emulator/kube/client";
import { KubeError } from "../../emulator/kube/errors";
import { type KubeObject, refOf } from "../../emulator/kube/objects";
import { STRICTLY } from "../../emulator/kube/registered";

/** An object that a program registers, and the cluster that it is registered in. */
export interface Registration {
  cluster: string;
  object: KubeObject;
}

/** Owner of the fields that are asked about; nothing of it is kept. */
const MANAGER = { fieldManager: "rehearsal", force: true };

/**
 * Every field that a program registers is in the object that the API server keeps.
 * A provider need not ask for that: an API server drops what it does not know, with a warning at most.
 * @returns one line for each field that was dropped or changed, and for each object that strict validation refuses
 */
export async function lostFields(
  registrations: readonly Registration[],
  clients: ReadonlyMap<string, KubeClient>,
): Promise<string[]> {
  const problems = registrations.map(async ({ cluster, object }) => {
    const client = clients.get(cluster);
    if (!client) throw new Error(`unknown cluster ${cluster} of the emulated cloud`);
    const { namespace, name } = object.metadata;
    const title = `${cluster}: ${object.kind} ${namespace ? `${namespace}/` : ""}${name}`;
    return (await lostOf(object, client)).map((problem) => `${title}: ${problem}`);
  });
  return (await Promise.all(problems)).flat();
}

async function lostOf(object: KubeObject, client: KubeClient): Promise<string[]> {
  try {
    await client.apply(object, { ...STRICTLY, ...MANAGER });
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return [`strict validation: ${error.message}`];
  }
  const live = await client.get(refOf(object));
  const isSecret = object.kind === "Secret";
  return differences(canonical(object), live, []).map(({ path, sent, kept }) => {
    const shown = (value: unknown) => (isSecret ? "a value" : JSON.stringify(value));
    const what = kept === undefined ? "nothing" : shown(kept);
    return `${path.join(".")}: registered ${shown(sent)}, kept ${what}`;
  });
}

interface Difference {
  path: string[];
  sent: unknown;
  kept: unknown;
}

/** What stands in `sent` and not in `kept`; what `kept` has beside it is the server's own. */
function differences(sent: unknown, kept: unknown, path: string[]): Difference[] {
  if (Array.isArray(sent) && Array.isArray(kept) && sent.length <= kept.length) {
    return sent.flatMap((item, i) => differences(item, kept[i], [...path, String(i)]));
  }
  if (isObject(sent) && isObject(kept)) {
    return Object.entries(sent).flatMap(([key, value]) =>
      differences(value, kept[key], [...path, key]),
    );
  }
  const isKept = isEmpty(sent) ? kept === undefined || isEmpty(kept) : isSame(sent, kept);
  return isKept ? [] : [{ path, sent, kept }];
}

/** A value that an API server may leave out, because it equals the missing value. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) {
    return true;
  }
  if (Array.isArray(value)) return value.every(isEmpty);
  return isObject(value) && Object.values(value).every(isEmpty);
}

function isSame(sent: unknown, kept: unknown): boolean {
  if (isDeepStrictEqual(sent, kept)) return true;
  const [left, right] = [amountOf(sent), amountOf(kept)];
  return left !== undefined && left === right;
}

const SUFFIXES: Record<string, number> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** Quantities are kept in their shortest form: 1000m is 1. Source: "Quantity" of the Kubernetes API reference. */
function amountOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const [, digits, suffix = ""] = /^([+-]?\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(value) ?? [];
  const factor = SUFFIXES[suffix];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** The text of a Secret is kept as its bytes. */
function canonical(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object as KubeObject & { stringData?: Record<string, string> };
  if (object.kind !== "Secret" || stringData === undefined) return object;
  const bytes = Object.entries(stringData).map(([key, text]) => [
    key,
    Buffer.from(text).toString("base64"),
  ]);
  return {
    ...rest,
    data: { ...(rest.data as object), ...Object.fromEntries(bytes) },
  } as KubeObject;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
