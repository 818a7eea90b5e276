import { NodePoolSpec } from "../gke";
import { Pod, Taint } from "../world/kinds";
import { nodeLabels, nodeTaints, Placement } from "./node";
import { nodeResources } from "./resources";

/** Amounts by resource: CPUs, bytes, GPUs, pods. */
export type Amounts = Record<string, number>;

interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

/** Whether a pod could run on a new node of a pool, its resources left aside. */
export function isAllowedOn(
  pod: Pod,
  pool: NodePoolSpec,
  pools: NodePoolSpec[],
  placement: Placement,
): boolean {
  const labels = nodeLabels(pool, "", placement);
  const selector = Object.entries((pod.spec.nodeSelector ?? {}) as Record<string, string>);
  const tolerations = (pod.spec.tolerations ?? []) as Toleration[];
  const taints = nodeTaints(pool, pools).filter(({ effect }) => effect !== "PreferNoSchedule");
  return (
    selector.every(([key, value]) => labels[key] === value) &&
    taints.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)))
  );
}

/** What a new node of a pool has for pods. */
export function roomOf(pool: NodePoolSpec): Amounts {
  return amounts({ ...nodeResources(pool).allocatable });
}

/** What a pod asks for: its containers together, sidecars among them. */
export function requestsOf({ spec }: Pod): Amounts {
  const sidecars = (spec.initContainers ?? []).filter((c) => c.restartPolicy === "Always");
  const asked = [...sidecars, ...spec.containers].map((c) => amounts(c.resources?.requests ?? {}));
  const sum: Amounts = { pods: 1 };
  for (const requests of asked) {
    for (const [resource, amount] of Object.entries(requests)) {
      sum[resource] = (sum[resource] ?? 0) + amount;
    }
  }
  return sum;
}

export function fits(requests: Amounts, room: Amounts): boolean {
  return Object.entries(requests).every(([resource, amount]) => amount <= (room[resource] ?? 0));
}

export function without(room: Amounts, requests: Amounts): Amounts {
  return Object.fromEntries(
    Object.entries(room).map(([resource, amount]) => [
      resource,
      amount - (requests[resource] ?? 0),
    ]),
  );
}

function tolerates({ key, operator = "Equal", value = "", effect }: Toleration, taint: Taint) {
  if (effect !== undefined && effect !== "" && effect !== taint.effect) return false;
  if (key === undefined || key === "") return operator === "Exists";
  return key === taint.key && (operator === "Exists" || value === (taint.value ?? ""));
}

const UNITS: Record<string, number> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `500m`, `60Gi`: precise enough to compare what a pod asks for with what a node has. */
function amounts(quantities: Record<string, string>): Amounts {
  return Object.fromEntries(
    Object.entries(quantities).map(([resource, quantity]) => {
      const [, number, unit = ""] = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity) ?? [];
      return [resource, Number(number) * (UNITS[unit] ?? NaN)];
    }),
  );
}
