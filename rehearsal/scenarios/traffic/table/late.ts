/** Percent of the KV cache. */
export const TARGET_OF_AUTOSCALING = 30;

/** What two scenarios need, deployed once: the one is over before autoscaling acts, the other has no use for priorities. */
export const LATE = {
  endpointPicker: { flowControl: false },
  autoscaling: { maxReplicas: 2, targetUtilization: TARGET_OF_AUTOSCALING },
  accelerator: { maxNodes: 4 },
};
