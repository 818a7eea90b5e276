import { Assembly, Part } from "./assembly";
import { PartName } from "./items";
import { MODULE_FILES } from "./moduleFiles";

/** Everything that the rehearsal runs and does not bring itself. */
export interface Toolchain {
  etcd: Part;
  kubeApiserver: Part;
  kubeControllerManager: Part;
  kubeScheduler: Part;
  pulumi: Part;
  pulumiLanguageNodejs: Part;
  crds: {
    /** A folder with the YAML files of Gateway API's standard channel. */
    gatewayApi: Part;
    /** One YAML file. */
    inferencePool: Part;
  };
  helm: Part;
  /** Folder `config` of gateway-api-inference-extension, by version as `v1.5.0`: its charts and CRDs. */
  inferenceExtensions: Record<string, Part>;
}

/** @throws Error where a part is missing: ask only when all are there */
export function toolchainOf({ parts }: Assembly): Toolchain {
  const part = (name: PartName): Part => {
    const found = parts.get(name);
    if (found === undefined) throw new Error(`the toolchain lacks ${name}`);
    return found;
  };
  return {
    etcd: part("etcd"),
    kubeApiserver: part("kube-apiserver"),
    kubeControllerManager: part("kube-controller-manager"),
    kubeScheduler: part("kube-scheduler"),
    pulumi: part("pulumi"),
    pulumiLanguageNodejs: part("pulumi-language-nodejs"),
    crds: { gatewayApi: part("gateway-api-crds"), inferencePool: part("inference-pool-crd") },
    helm: part("helm"),
    inferenceExtensions: Object.fromEntries(
      MODULE_FILES.filter(({ location }) => location === "config").map(({ name }) => [
        `v${part(name).version}`,
        part(name),
      ]),
    ),
  };
}

/** For a closing table: each part by its name. */
export function partsOf(toolchain: Toolchain): { name: string; part: Part }[] {
  const { crds, inferenceExtensions, ...binaries } = toolchain;
  return [
    { name: "etcd", part: binaries.etcd },
    { name: "kube-apiserver", part: binaries.kubeApiserver },
    { name: "kube-controller-manager", part: binaries.kubeControllerManager },
    { name: "kube-scheduler", part: binaries.kubeScheduler },
    { name: "pulumi", part: binaries.pulumi },
    { name: "pulumi-language-nodejs", part: binaries.pulumiLanguageNodejs },
    { name: "helm", part: binaries.helm },
    { name: "Gateway API CRDs", part: crds.gatewayApi },
    { name: "InferencePool CRD", part: crds.inferencePool },
    ...Object.entries(inferenceExtensions).map(([version, part]) => ({
      name: `chart inferencepool ${version}`,
      part,
    })),
  ];
}
