/** P99 latency of a whole answer in seconds, as text, on the policy whose timeout it decides. */
export const P99_ANNOTATION = "inference-gateway.dev/p99-latency-seconds";

/** Makes GKE export an InferencePool to the fleet; only the exact text `True` does. */
export const EXPORT_ANNOTATION = "networking.gke.io/export";
