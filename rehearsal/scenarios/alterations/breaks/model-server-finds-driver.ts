import type { Break } from "./break";

export const modelServerFindsDriver: Break = {
  policy: "model-server-finds-driver",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: {
    set: "spec.template.spec.containers.0.image",
    to: "vllm/vllm-openai:v0.11.0",
  },
  says: [
    {
      resource: "gke-east",
      message:
        "spec.template.spec.containers[0].image: vLLM v0.11.0 does not look for the GPU's driver in " +
        "/usr/local/nvidia/lib64, where GKE puts it; run v0.11.1 or newer, or set LD_LIBRARY_PATH to " +
        "/usr/local/nvidia/lib64:/usr/local/cuda/lib64",
    },
  ],
};
