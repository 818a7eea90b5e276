import type { Break } from "./break";

const picker = { type: "kubernetes:apps/v1:Deployment", name: "gke-east-epp" };
const ARGS = "spec.template.spec.containers[0].args";

export const pickerServesPool: Break = {
  policy: "picker-serves-pool",
  at: picker,
  change: { set: "spec.template.spec.containers.0.args.3", to: "default" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${ARGS}[3]: no InferencePool "vllm-llama3-8b-instruct" is in namespace default of cluster gke-east; ` +
        "set --pool-namespace to inference",
    },
  ],
};

export const pickerWithUnknownFlag: Break = {
  policy: "picker-serves-pool",
  at: picker,
  change: { set: "spec.template.spec.containers.0.args.6", to: "--zap-encodr" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${ARGS}[6]: an endpoint picker v1.5.0 has no flag --zap-encodr and ends at once; ` +
        "did you mean --zap-encoder?",
    },
  ],
};

export const pickerWithoutConfig: Break = {
  policy: "picker-serves-pool",
  at: picker,
  change: { set: "spec.template.spec.containers.0.args.9", to: "/etc/epp/plugins.yaml" },
  says: [
    {
      resource: "gke-east-epp",
      message:
        `${ARGS}[9]: /etc/epp/plugins.yaml is in no volume of the container, and the endpoint picker ends at ` +
        "once; mount the ConfigMap that has the file there",
    },
  ],
};
