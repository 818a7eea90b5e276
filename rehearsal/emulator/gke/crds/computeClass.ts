import { Kind } from "./definition";
import { conditionsOnly } from "./policyAttachment";
import { array, boolean, integer, map, object, oneOf, Rule, Schema, string } from "./schema";

/**
 * The parts of ComputeClass that decide where GPU pods go: priorities, their GPUs and their prices.
 */
export function computeClass(): Kind {
  return {
    group: "cloud.google.com",
    version: "v1",
    kind: "ComputeClass",
    plural: "computeclasses",
    scope: "Cluster",
    spec: object(
      {
        priorities: array(priority(), { maxItems: 1000 }),
        nodePoolAutoCreation: enabled(),
        autopilot: enabled(),
        activeMigration: object(
          { optimizeRulePriority: boolean(), ensureAllDaemonSetPodsRunning: boolean() },
          { required: ["optimizeRulePriority"] },
        ),
        autoscalingPolicy: object({
          consolidationDelayMinutes: integer(1, 1440),
          consolidationThreshold: integer(0, 100),
          gpuConsolidationThreshold: integer(0, 100),
        }),
        whenUnsatisfiable: { ...oneOf("DoNotScaleUp", "ScaleUpAnyway"), default: "DoNotScaleUp" },
        description: string(),
      },
      { required: ["whenUnsatisfiable"] },
    ),
    status: conditionsOnly,
  };
}

function priority(): Schema {
  return object(
    {
      machineType: string({ maxLength: 100 }),
      machineFamily: string({ maxLength: 10 }),
      minCores: integer(0),
      minMemoryGb: integer(0),
      spot: boolean(),
      gpu: object({
        type: string(),
        count: integer(0),
        driverVersion: oneOf("default", "latest"),
      }),
      tpu: object({ type: string(), count: integer(), topology: string() }),
      flexStart: object(
        {
          enabled: boolean(),
          nodeRecycling: object(
            { leadTimeSeconds: integer(1, 604_800) },
            { required: ["leadTimeSeconds"] },
          ),
        },
        { required: ["enabled"] },
      ),
      capacityCheckWaitTimeSeconds: integer(1, 86_400),
      maxRunDurationSeconds: integer(),
      reservations: object(
        {
          affinity: oneOf("Specific", "AnyBestEffort", "None"),
          specific: array(object({ name: string(), project: string() }, { required: ["name"] })),
        },
        { required: ["affinity"] },
      ),
      location: object({
        zones: array(string(), { minItems: 1 }),
        locationPolicy: oneOf("ANY", "BALANCED"),
      }),
      storage: object({
        bootDiskType: oneOf("pd-balanced", "pd-standard", "pd-ssd", "hyperdisk-balanced"),
        bootDiskSize: integer(10),
        localSSDCount: integer(1),
      }),
      nodepools: array(string()),
      nodeLabels: map(string(), { maxProperties: 100 }),
      maxPodsPerNode: integer(8, 256),
      priorityScore: integer(1, 1000),
    },
    { minProperties: 1, rules: PRIORITY_RULES },
  );
}

const PRIORITY_RULES: Rule[] = [
  {
    rule: "has(self.nodepools) ? (size(dyn(self)) == 1) : true",
    message: "Nodepool field cannot be set along with other fields",
  },
  {
    rule: "!(has(self.machineFamily) && has(self.machineType))",
    message: "MachineFamily and MachineType cannot be set together",
  },
  {
    rule: "!(has(self.machineType) && (has(self.minCores) || has(self.minMemoryGb)))",
    message: "MachineType cannot be set together with MinCores/MinMemoryGb",
  },
  {
    rule: "!(has(self.flexStart) && self.flexStart.enabled && has(self.spot) && self.spot)",
    message: "Flex Start provisioning model is incompatible with Spot",
  },
  {
    rule:
      "!has(self.capacityCheckWaitTimeSeconds) || has(self.tpu) || " +
      "(has(self.flexStart) && self.flexStart.enabled)",
    message:
      "capacityCheckWaitTimeSeconds is only supported for Flex Start and for multi-host TPUs",
  },
];

function enabled(): Schema {
  return object({ enabled: { ...boolean(), default: false } }, { required: ["enabled"] });
}
