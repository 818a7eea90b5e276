import type { Break } from "./break";

const pool = {
  type: "kubernetes:inference.networking.k8s.io/v1:InferencePool",
  name: "gke-east-pool",
};

export const pickerFailOpen: Break = {
  policy: "picker-fail-open",
  at: pool,
  change: { unset: "spec.endpointPickerRef.failureMode" },
  says: [
    {
      resource: "gke-east-pool",
      level: "advisory",
      message:
        "spec.endpointPickerRef.failureMode: is not set, so it is FailClose and requests get an error while the " +
        'endpoint picker restarts; set it to "FailOpen"',
    },
  ],
};

export const pickerWithoutPort: Break = {
  policy: "picker-fail-open",
  at: pool,
  change: { unset: "spec.endpointPickerRef.port" },
  says: [
    {
      resource: "gke-east-pool",
      message:
        "spec.endpointPickerRef.port.number: is not set, and a picker behind a Service needs it; set it to the port " +
        "of the endpoint picker's Service, for example 9002",
    },
  ],
};
