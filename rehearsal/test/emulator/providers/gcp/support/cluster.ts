import type { PropertyMap } from "../../../../../emulator/providers/plugin";
import { CLUSTER_INPUTS } from "./clusterInputs";
import { REGION } from "../../../cloud/support/testCloud";

/** A cluster as this program asks for it. */
export const PROGRAM: PropertyMap = {
  ...CLUSTER_INPUTS,
  minMasterVersion: "1.34",
  nodeLocations: [`${REGION}-b`, `${REGION}-a`],
  secretManagerConfig: { enabled: false },
  costManagementConfig: { enabled: true },
  addonsConfig: { gcsFuseCsiDriverConfig: { enabled: false } },
  maintenancePolicy: {
    recurringWindow: {
      startTime: "2026-01-03T00:00:00Z",
      endTime: "2026-01-04T00:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
    },
  },
  nodeConfig: { machineType: "e2-medium", serviceAccount: "default" },
};
