import { Assembly, Part } from "./assembly";
import { PartName } from "./items";

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
  };
}

/** For a closing table: each part by its name. */
export function partsOf({ crds, ...binaries }: Toolchain): { name: string; part: Part }[] {
  return [
    { name: "etcd", part: binaries.etcd },
    { name: "kube-apiserver", part: binaries.kubeApiserver },
    { name: "kube-controller-manager", part: binaries.kubeControllerManager },
    { name: "kube-scheduler", part: binaries.kubeScheduler },
    { name: "pulumi", part: binaries.pulumi },
    { name: "pulumi-language-nodejs", part: binaries.pulumiLanguageNodejs },
    { name: "Gateway API CRDs", part: crds.gatewayApi },
    { name: "InferencePool CRD", part: crds.inferencePool },
  ];
}
