import type { Change } from "../change";
import type { Model } from "../inventory";

import { clusterChanges, protectionChange } from "./clusters";
import { dnsChanges, gatewayChanges } from "./gateway";
import { monitoringChanges } from "./monitoring";
import { nodeChanges } from "./nodes";
import { autoscalingChange, replicaChange, serverChanges } from "./servers";

/** What the changes start from, merged into the dev stack. */
export const BASE = {
  accelerator: { zones: ["europe-west3-a", "us-east4-a"], minNodes: 2, maxNodes: 4 },
  endpointPicker: { version: "v1.4.0" },
  gkeVersion: "1.34",
  objectives: [
    { name: "food-review", priority: 10 },
    { name: "chat", priority: 0 },
  ],
};

/** Names in the dev stack: `gke-west` is its config cluster. */
export const MODEL: Model = { cluster: "gke-east", region: "us-east4" };

/** In this order, each on top of those before it. Up to the replicas', a cluster has a single model server. */
export const changes: Change[] = [
  ...gatewayChanges,
  ...serverChanges,
  ...nodeChanges,
  replicaChange,
  autoscalingChange,
  ...clusterChanges,
  ...dnsChanges,
  ...monitoringChanges,
  protectionChange,
];
