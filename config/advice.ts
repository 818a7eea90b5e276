import { gpuMachines } from "../catalog/gpuMachines";
import { GPU_ZONES_DATED, knownZones } from "../catalog/gpuZones";
import { modelMemory, VLLM_SHARE } from "../catalog/modelMemory";
import { regions } from "../catalog/regions";
import { zonesOf } from "../catalog/zones";

import { gpuPoolsOf, modelOf } from "./derived";
import type { Accelerator, Settings } from "./schema";

type Advised = Pick<Settings, "accelerator" | "fallbacks" | "clusters" | "model">;

/** Values that are valid here but that may fail later, one sentence or more each. */
export function adviceOn(settings: Advised): string[] {
  const pools = Object.entries(gpuPoolsOf(settings));
  const models = modelsOf(settings);
  return [
    ...pools.flatMap(([pool, { machineType, zones }]) => zoneAdvice(pool, machineType, zones)),
    ...models.flatMap(contextAdvice),
    ...pools.flatMap(([pool, { machineType }]) =>
      models.flatMap((model) => memoryAdvice(pool, machineType, model)),
    ),
  ];
}

function zoneAdvice(pool: string, machineType: string, zones: Accelerator["zones"]): string[] {
  return zones.flatMap((zone) => {
    const region = regions.find((name) => zonesOf(name).includes(zone));
    const known = region ? knownZones(machineType, region) : [];
    if (known.length === 0 || known.includes(zone)) return [];
    return [
      `GPU pool ${pool}: ${zone} is not known to have ${machineType} (${GPU_ZONES_DATED.asOf}: ${known.join(", ")}). ` +
        "If the zone lacks it, GKE refuses the pool after it has created the clusters. Ask Google: " +
        `gcloud compute machine-types list --zones=${zone} --filter=name=${machineType}`,
    ];
  });
}

/** A model as some clusters serve it. */
interface ServedModel {
  id: string;
  maxLength: number;
  clusters: string[];
}

/** The models of a stack by id and length, each with its clusters. */
function modelsOf({ clusters, model }: Pick<Settings, "clusters" | "model">): ServedModel[] {
  const models = new Map<string, ServedModel>();
  for (const [name, cluster] of Object.entries(clusters)) {
    if (!cluster.gpus) continue;
    const { id, maxLength } = modelOf(cluster, model);
    const key = `${id} ${maxLength}`;
    const others = models.get(key)?.clusters ?? [];
    models.set(key, { id, maxLength, clusters: [...others, name] });
  }
  return [...models.values()];
}

/** Advice and no rule: a repository may hold a model whose context was made longer. */
function contextAdvice({ id, maxLength, clusters }: ServedModel): string[] {
  const longest = modelMemory(id)?.longestContext ?? Infinity;
  if (maxLength <= longest) return [];
  return [
    `${clusters.join(", ")}: by its name, ${id} takes ${longest} tokens at most, and vLLM does not start with a ` +
      `longer maxLength, such as ${maxLength}.`,
  ];
}

/**
 * Advice and no rule: the name of a repository tells no more than its size. `openai/gpt-oss-120b` looks as if it had
 * 16 bits a parameter, and has 4.
 */
function memoryAdvice(pool: string, machineType: string, model: ServedModel): string[] {
  const { id, maxLength, clusters } = model;
  const gpuGb = gpuMachines[machineType]?.gpuMemoryGb;
  const memory = modelMemory(id);
  if (gpuGb === undefined || memory === undefined) return [];
  const { billions, bytes, weightsGib, kvKibPerToken } = memory;
  const place = `GPU pool ${pool} of ${clusters.join(", ")}`;
  const gpu = `a GPU of ${machineType} has ${gpuGb} GB`;
  if (weightsGib > gpuGb) {
    return [
      `${place}: by its name, ${id} has about ${Math.round(weightsGib)} GiB of weights (${rounded(billions)} billion ` +
        `parameters of ${bytes} bytes), and ${gpu}: a model server has one GPU, and would not start. Take a larger GPU, ` +
        "or a smaller or quantized model.",
    ];
  }
  const leftGib = VLLM_SHARE * gpuGb - weightsGib;
  const kvGib = (maxLength * kvKibPerToken) / 2 ** 20;
  if (kvGib <= leftGib) return [];
  const fits = Math.floor((Math.max(0, leftGib) * 2 ** 20) / kvKibPerToken / 1000) * 1000;
  const fix = fits >= 1000 ? `Lower maxLength to about ${fits}, or take` : "Take";
  return [
    `${place}: the KV cache of one request of maxLength ${maxLength} is about ${rounded(kvGib)} GiB, the weights of ` +
      `${id} are about ${Math.round(weightsGib)} GiB, and ${gpu}, of which vLLM uses ${100 * VLLM_SHARE} %: a model ` +
      `server would not start. ${fix} a larger GPU, or a smaller or quantized model.`,
  ];
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}
