export interface Machine {
  vcpus: number;
  memoryGb: number;
  /** Local SSDs that the machine always has; GKE puts ephemeral storage on them. */
  localSsdGb?: number;
}

/**
 * GPU machines, whose memory follows no rule. Source: the public list of machine types in
 * Cyclenerd/google-cloud-pricing-cost-calculator, commit dac3128 (2026-08-20); local SSDs from
 * Compute Engine's pages on GPU machine types.
 */
const GPU_MACHINES: Record<string, Machine> = {
  "a2-highgpu-1g": { vcpus: 12, memoryGb: 85 },
  "a2-highgpu-2g": { vcpus: 24, memoryGb: 170 },
  "a2-highgpu-4g": { vcpus: 48, memoryGb: 340 },
  "a2-highgpu-8g": { vcpus: 96, memoryGb: 680 },
  "a2-megagpu-16g": { vcpus: 96, memoryGb: 1360 },
  "a2-ultragpu-1g": { vcpus: 12, memoryGb: 170, localSsdGb: 375 },
  "a2-ultragpu-2g": { vcpus: 24, memoryGb: 340, localSsdGb: 750 },
  "a2-ultragpu-4g": { vcpus: 48, memoryGb: 680, localSsdGb: 1500 },
  "a2-ultragpu-8g": { vcpus: 96, memoryGb: 1360, localSsdGb: 3000 },
  "a3-edgegpu-8g": { vcpus: 208, memoryGb: 1872, localSsdGb: 6000 },
  "a3-highgpu-1g": { vcpus: 26, memoryGb: 234, localSsdGb: 750 },
  "a3-highgpu-2g": { vcpus: 52, memoryGb: 468, localSsdGb: 1500 },
  "a3-highgpu-4g": { vcpus: 104, memoryGb: 936, localSsdGb: 3000 },
  "a3-highgpu-8g": { vcpus: 208, memoryGb: 1872, localSsdGb: 6000 },
  "a3-megagpu-8g": { vcpus: 208, memoryGb: 1872, localSsdGb: 6000 },
  "a3-ultragpu-8g": { vcpus: 224, memoryGb: 2952, localSsdGb: 12000 },
  "a4-highgpu-8g": { vcpus: 224, memoryGb: 3968, localSsdGb: 12000 },
  "a4x-highgpu-4g": { vcpus: 140, memoryGb: 884, localSsdGb: 12000 },
  "g4-standard-6": { vcpus: 6, memoryGb: 22 },
  "g4-standard-12": { vcpus: 12, memoryGb: 45 },
  "g4-standard-24": { vcpus: 24, memoryGb: 90 },
  "g4-standard-48": { vcpus: 48, memoryGb: 180 },
  "g4-standard-96": { vcpus: 96, memoryGb: 360 },
  "g4-standard-192": { vcpus: 192, memoryGb: 720 },
  "g4-standard-384": { vcpus: 384, memoryGb: 1440 },
};

/** Shared-core machines: the scheduler sees two vCPUs, whatever part of them they may use. */
const SHARED_CORE: Record<string, Machine> = {
  "e2-micro": { vcpus: 2, memoryGb: 1 },
  "e2-small": { vcpus: 2, memoryGb: 2 },
  "e2-medium": { vcpus: 2, memoryGb: 4 },
};

/** Memory in GB for each vCPU of `<family>-<series>-<vCPUs>`. */
const MEMORY_PER_VCPU: Record<string, Record<string, number>> = {
  n1: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
  c3: { standard: 4, highmem: 8, highcpu: 2 },
  c4: { standard: 3.75, highmem: 7.75, highcpu: 2 },
  n4: { standard: 4, highmem: 8, highcpu: 2 },
};
const USUAL_MEMORY_PER_VCPU: Record<string, number> = { standard: 4, highmem: 8, highcpu: 1 };
const FAMILIES = [
  "c2",
  "c2d",
  "c3",
  "c3d",
  "c4",
  "c4d",
  "e2",
  "g2",
  "n1",
  "n2",
  "n2d",
  "n4",
  "t2d",
];

/**
 * What a Compute Engine machine type has.
 * @throws Error where the type is not known
 */
export function machine(type: string): Machine {
  const listed = GPU_MACHINES[type] ?? SHARED_CORE[type];
  if (listed) return listed;
  const [family = "", series = "", count = ""] = type.split("-");
  const perVcpu = (MEMORY_PER_VCPU[family] ?? USUAL_MEMORY_PER_VCPU)[series];
  const vcpus = Number(count);
  if (!FAMILIES.includes(family) || perVcpu === undefined || !(vcpus > 0)) {
    throw new Error(
      `machine type "${type}" is not known to the rehearsal; it knows ` +
        `${FAMILIES.join(", ")} as <family>-<standard|highmem|highcpu>-<vCPUs>, and the GPU ` +
        `machines ${Object.keys(GPU_MACHINES).join(", ")}`,
    );
  }
  return { vcpus, memoryGb: perVcpu * vcpus };
}

/** `a3` of `a3-highgpu-2g`. */
export function machineFamily(type: string): string {
  return type.slice(0, type.indexOf("-"));
}
