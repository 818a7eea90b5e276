import type { input } from "@pulumi/kubernetes/types";

/** What one concern (weights, token) adds to the pod of a model server. */
export interface PodParts {
  volumes: input.core.v1.Volume[];
  /** Mounts of the container that talks to Hugging Face. */
  volumeMounts: input.core.v1.VolumeMount[];
  env: input.core.v1.EnvVar[];
}
