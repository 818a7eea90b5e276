import type { Value } from "../frame";
import type { Flag } from "../picker/flags";

import { GPU_RESOURCE } from "./gpuRequests";
import type { Engine, ModelServer } from "./modelServer";
import { containersOf, podTemplateOf } from "./podSpec";
import { askedIn, quantityOf } from "./quantity";

/** The names of a flag, and by how much it multiplies the GPUs. */
type Sizes = readonly (readonly string[])[];

/**
 * Flags whose product is the number of GPUs of one copy of the model. Sources: `vllm serve --help`
 * of v0.18, groups ParallelConfig; https://docs.sglang.io/advanced_features/server_arguments.html
 */
const SIZES: Readonly<Record<Engine, Sizes>> = {
  vllm: [
    ["tensor-parallel-size", "tp"],
    ["pipeline-parallel-size", "pp"],
    ["prefill-context-parallel-size", "pcp"],
  ],
  sglang: [
    ["tensor-parallel-size", "tp-size", "tp"],
    ["pipeline-parallel-size", "pp-size"],
  ],
};

/** Flags for copies of the model beside each other. */
const COPIES: Readonly<Record<Engine, readonly string[]>> = {
  vllm: ["data-parallel-size", "dp"],
  sglang: ["data-parallel-size", "dp-size", "dp"],
};

/** vLLM runs this many of the copies here, whatever their number is. */
const LOCAL_COPIES = ["data-parallel-size-local", "dpl"];

/** Each pod of several runs one copy, or the attention of all copies shares the GPUs. */
const NO_MORE_COPIES: Readonly<Record<Engine, readonly string[]>> = {
  vllm: ["data-parallel-rank", "dpn", "data-parallel-external-lb", "dpe"],
  sglang: ["enable-dp-attention"],
};

/** A flag with a size, as far as it is given. */
interface Given {
  readonly flag: Flag;
  readonly size: number;
}

/** How many GPUs the flags of a server ask for, and what each says. */
export interface ParallelSize {
  readonly gpus: number;
  /** The flags that multiply, as they are given: `--tensor-parallel-size 2`. */
  readonly text: string;
  readonly at: Value;
}

/**
 * GPUs of one copy of the model, for which its weights are divided; undefined if that is not known.
 */
export function gpusOfModel({ engine, flags }: ModelServer): number | undefined {
  const given = engine && givenAmong(flags, SIZES[engine]);
  return given?.reduce((product, { size }) => product * size, 1);
}

/** GPUs that a server uses by its flags; undefined if no flag says so, or if one is not known. */
export function parallelSizeOf({ engine, flags }: ModelServer): ParallelSize | undefined {
  if (engine === undefined) {
    return undefined;
  }
  const local = engine === "vllm" ? firstOf(flags, LOCAL_COPIES) : undefined;
  const alone = NO_MORE_COPIES[engine].some((name) => flags.has(name));
  const copies = local === undefined ? COPIES[engine] : LOCAL_COPIES;
  const given = givenAmong(flags, [...SIZES[engine], ...(alone ? [] : [copies])]);
  const [first] = given ?? [];
  return given === undefined || first === undefined
    ? undefined
    : {
        gpus: given.reduce((product, { size }) => product * size, 1),
        text: given.map(({ flag, size }) => `${dashed(flag)} ${size}`).join(", "),
        at: first.flag.value.absent ? first.flag.at : first.flag.value,
      };
}

/**
 * GPUs that a server can reach: those of its container, of all pods of its group, or of as many
 * nodes as a flag says. Undefined if that is not known, as in a cluster of Ray.
 */
export function gpusReached({ resource, template, flags }: ModelServer): number | undefined {
  const own = gpusOfPod(template);
  const group = resource.props.at("spec", "leaderWorkerTemplate");
  if (!group.absent) {
    // The default of LeaderWorkerSet is one pod.
    const size = group.at("size").absent ? 1 : group.at("size").number;
    const worker = gpusOfPod(podTemplateOf(resource));
    return someOf(size && own + worker * (size - 1));
  }
  if (flags.get("distributed-executor-backend")?.value.text === "ray") {
    return undefined;
  }
  const nodes = flags.get("nnodes");
  return someOf(own * (nodes === undefined ? 1 : (sizeIn(nodes) ?? Number.NaN)));
}

/** NaN if an amount is not known. */
function gpusOfPod(template: Value): number {
  const amounts = containersOf(template).map((container) => {
    const asked = askedIn(container, GPU_RESOURCE);
    return asked.absent ? 0 : (quantityOf(asked) ?? Number.NaN);
  });
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** A number of GPUs; undefined for none, as on other chips, and for one that is not known. */
function someOf(gpus: number | undefined): number | undefined {
  return gpus !== undefined && gpus > 0 ? gpus : undefined;
}

/** The sizes that are given; undefined if one of them is not known. */
function givenAmong(
  flags: ReadonlyMap<string, Flag>,
  all: readonly (readonly string[])[],
): readonly Given[] | undefined {
  const found = all.flatMap((names) => firstOf(flags, names) ?? []);
  const given = found.flatMap((flag) => {
    const size = sizeIn(flag);
    return size === undefined ? [] : [{ flag, size }];
  });
  return given.length === found.length ? given : undefined;
}

/** The flag of one of these names; if there are several, the one that stands last is in force. */
function firstOf(flags: ReadonlyMap<string, Flag>, names: readonly string[]): Flag | undefined {
  return [...flags.values()].findLast(({ name }) => names.includes(name.replaceAll("_", "-")));
}

function sizeIn({ value }: Flag): number | undefined {
  const size = Number(value.text ?? value.number ?? Number.NaN);
  return Number.isInteger(size) && size > 0 ? size : undefined;
}

/** A flag as it is written, without its value. */
function dashed({ at }: Flag): string {
  return at.text?.replace(/=.*/s, "") ?? "";
}
