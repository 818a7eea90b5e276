import { ApiError } from "./errors";
import { isObject, Json, JsonObject, without } from "./json";
import { Kind } from "./kinds";
import { QUOTA_METRICS } from "./quotas";
import { Store } from "./store";
import { REGIONS } from "./tables/regions";

/** What can be turned while the cloud runs, to see how a program takes it. */
export interface Knobs extends JsonObject {
  /** Factor on the real durations of operations; 0: no waiting. */
  timeScale: number;
  /**
   * Share of calls (0..1) that are refused with one of the HTTP statuses. The same seed refuses the
   * same calls.
   */
  flake: { rate: number; statuses: number[]; seed: number };
  /** Whether what GKE's controllers collect late is not collected at all. */
  leftovers: { stay: boolean };
  /** Metric to region (or `global`) to limit; what is not set is unlimited. */
  quotas: Record<string, Record<string, number>>;
  /** Factor on what the end of a pod with processes takes: its hooks and its grace period. */
  podTimeScale: number;
  /** Flags, without dashes, of the simulator of vLLM. Those that start from now on take them. */
  modelServer: Record<string, string>;
  /** Whether `generateServiceIdentity` tells the address of the agent that it makes. */
  identityEmails: boolean;
}

const KNOBS: Kind<Knobs> = { type: "rehearsal/Knobs" };
const FLAKE_STATUSES = [429, 503];

/** A quick model: what a rehearsal asks of it is answered in a tenth of a second. */
const MODEL_SERVER = {
  "enable-kvcache": "true",
  "kv-cache-size": "1024",
  "block-size": "16",
  "max-num-seqs": "256",
  "time-to-first-token": "20ms",
  "inter-token-latency": "2ms",
};

/** The knobs' positions, kept in the store. */
export class KnobBoard {
  constructor(
    private readonly store: Store,
    initial: { timeScale: number },
  ) {
    // A cloud that an older daemon has left behind may lack a knob.
    store.put(KNOBS, "knobs", {
      timeScale: initial.timeScale,
      flake: { rate: 0, statuses: FLAKE_STATUSES, seed: 1 },
      leftovers: { stay: false },
      quotas: {},
      podTimeScale: 0,
      modelServer: MODEL_SERVER,
      identityEmails: false,
      ...store.get(KNOBS, "knobs")?.body,
    });
  }

  get(): Knobs {
    const knobs = this.store.get(KNOBS, "knobs");
    if (!knobs) throw new Error("the knobs are not in the store");
    return knobs.body;
  }

  /**
   * Changes what `patch` names; a quota set to `null` is lifted. @throws ApiError naming the knob
   */
  patch(patch: JsonObject): Knobs {
    const knobs = structuredClone(this.get());
    for (const [key, value] of Object.entries(patch)) {
      if (key === "timeScale") knobs.timeScale = numberIn("timeScale", value, 0, 1000);
      else if (key === "flake") setFlake(knobs, object("flake", value));
      else if (key === "leftovers") setLeftovers(knobs, object("leftovers", value));
      else if (key === "quotas") setQuotas(knobs, object("quotas", value));
      else if (key === "podTimeScale") knobs.podTimeScale = numberIn(key, value, 0, 1000);
      else if (key === "modelServer") knobs.modelServer = flags(value);
      else if (key === "identityEmails") knobs.identityEmails = bool("identityEmails", value);
      else {
        throw refused(
          key,
          value,
          "a knob: timeScale, flake, leftovers, quotas, podTimeScale, modelServer, identityEmails",
        );
      }
    }
    this.store.put(KNOBS, "knobs", knobs);
    return knobs;
  }
}

function setFlake({ flake }: Knobs, patch: JsonObject): void {
  for (const [key, value] of Object.entries(patch)) {
    if (key === "rate") flake.rate = numberIn("flake.rate", value, 0, 1);
    else if (key === "seed") flake.seed = numberIn("flake.seed", value, 0, 2 ** 31);
    else if (key === "statuses") flake.statuses = statuses(value);
    else throw refused(`flake.${key}`, value, "a knob: rate, seed, statuses");
  }
}

function setLeftovers({ leftovers }: Knobs, patch: JsonObject): void {
  for (const [key, value] of Object.entries(patch)) {
    if (key !== "stay") throw refused(`leftovers.${key}`, value, "a knob: stay");
    if (typeof value !== "boolean") throw refused("leftovers.stay", value, "true or false");
    leftovers.stay = value;
  }
}

function flags(value: Json | undefined): Record<string, string> {
  const given = Object.entries(object("modelServer", value));
  return Object.fromEntries(
    given.map(([name, setting]) => {
      if (typeof setting === "string") return [name, setting];
      throw refused(`modelServer.${name}`, setting, "a text, the value of a flag");
    }),
  );
}

function statuses(value: Json | undefined): number[] {
  const list = Array.isArray(value) ? value : [];
  const known = list.filter((s): s is number => FLAKE_STATUSES.includes(s as number));
  if (known.length > 0 && known.length === list.length) return known;
  throw refused("flake.statuses", value, `a list of ${FLAKE_STATUSES.join(" and ")}`);
}

function setQuotas(knobs: Knobs, patch: JsonObject): void {
  for (const [metric, value] of Object.entries(patch)) {
    const where = `quotas.${metric}`;
    if (!QUOTA_METRICS.includes(metric)) {
      throw refused(where, value, `a metric: ${QUOTA_METRICS.join(", ")}`);
    }
    const current = knobs.quotas[metric] ?? {};
    if (value === null) knobs.quotas = without(knobs.quotas, [metric]);
    else knobs.quotas[metric] = limits(where, current, object(where, value));
  }
}

function limits(metric: string, current: Record<string, number>, patch: JsonObject) {
  let changed = { ...current };
  for (const [region, limit] of Object.entries(patch)) {
    const where = `${metric}.${region}`;
    if (region !== "global" && !REGIONS.includes(region)) {
      throw refused(where, limit, "of a region, or of global");
    }
    if (limit === null) changed = without(changed, [region]);
    else changed[region] = numberIn(where, limit, 0, 1e9);
  }
  return changed;
}

function object(where: string, value: Json | undefined): JsonObject {
  if (!isObject(value)) throw refused(where, value, "an object");
  return value;
}

function bool(where: string, value: Json | undefined): boolean {
  if (typeof value === "boolean") return value;
  throw refused(where, value, "true or false");
}

function numberIn(where: string, value: Json | undefined, min: number, max: number): number {
  if (typeof value === "number" && value >= min && value <= max) return value;
  throw refused(where, value, `a number from ${min} to ${max}`);
}

function refused(where: string, value: Json | undefined, allowed: string): ApiError {
  const message = `knobs.${where}: ${JSON.stringify(value)} is not ${allowed}`;
  return new ApiError("INVALID_ARGUMENT", message);
}
