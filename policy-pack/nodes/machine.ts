/** What a machine has; GiB as Google counts them. */
export interface Machine {
  readonly cpus: number;
  readonly memoryGib: number;
}

/** Default machine type of nodes. */
export const STANDARD_MACHINE = "e2-medium";

const SHARED_CORE: ReadonlyMap<string, Machine> = new Map([
  ["e2-micro", { cpus: 2, memoryGib: 1 }],
  ["e2-small", { cpus: 2, memoryGib: 2 }],
  ["e2-medium", { cpus: 2, memoryGib: 4 }],
  ["f1-micro", { cpus: 1, memoryGib: 0.6 }],
  ["g1-small", { cpus: 1, memoryGib: 1.7 }],
]);

type Shape = "standard" | "highmem" | "highcpu";

/** GiB for each CPU. Source: Google's pages on general-purpose and compute-optimized machines. */
const GIB_PER_CPU: Readonly<Record<string, Partial<Record<Shape, number>>>> = {
  e2: { standard: 4, highmem: 8, highcpu: 1 },
  n1: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
  n2: { standard: 4, highmem: 8, highcpu: 1 },
  n2d: { standard: 4, highmem: 8, highcpu: 1 },
  n4: { standard: 4, highmem: 8, highcpu: 2 },
  c2: { standard: 4 },
  c2d: { standard: 4, highmem: 8, highcpu: 2 },
  c3: { standard: 4, highmem: 8, highcpu: 2 },
  c3d: { standard: 4, highmem: 8, highcpu: 2 },
  c4a: { standard: 4, highmem: 8, highcpu: 2 },
  t2d: { standard: 4 },
  t2a: { standard: 4 },
};

const PREDEFINED = /^([a-z]\d[a-z]?)-(standard|highmem|highcpu)-(\d+)(?:-lssd)?$/;
/** `n2-custom-8-32768`, with memory in MiB; types of N1 have no family in their name. */
const CUSTOM = /^(?:[a-z]\d[a-z]?-)?custom-(?:(?:micro|small|medium)-)?(\d+)-(\d+)(?:-ext)?$/;
const MIB = 1024;

/** CPUs and memory of a machine type; undefined for a type that is not known here. */
export function machineOf(type: string): Machine | undefined {
  const [, family = "", shape = "", count] = PREDEFINED.exec(type) ?? [];
  const gib = GIB_PER_CPU[family]?.[shape as Shape];
  if (gib !== undefined) {
    return { cpus: Number(count), memoryGib: Number(count) * gib };
  }
  const [, cpus, memory] = CUSTOM.exec(type) ?? [];
  return memory === undefined
    ? SHARED_CORE.get(type)
    : { cpus: Number(cpus), memoryGib: Number(memory) / MIB };
}
