import { Assembly, Part } from "./assembly";
import { PartName } from "./items";
import { MODULE_FILES } from "./moduleFiles";
import { Provider } from "./providerPlugins";

/** Everything that the rehearsal runs and does not bring itself. */
export interface Toolchain {
  etcd: Part;
  kubeApiserver: Part;
  kubeControllerManager: Part;
  kubeScheduler: Part;
  pulumi: Part;
  pulumiLanguageNodejs: Part;
  /** A folder with the YAML files of Gateway API's standard channel, by version as `v1.5.0`. */
  gatewayApis: Record<string, Part>;
  helm: Part;
  /** The official plugins that are installed, and that of kubernetes in any case. */
  plugins: Partial<Record<Provider, Part>> & { kubernetes: Part };
  /** Folder `config` of gateway-api-inference-extension, by version as `v1.5.0`: its charts and CRDs. */
  inferenceExtensions: Record<string, Part>;
  /** A folder with the discovery documents of Google's APIs: `compute/v1/compute-api.json`. */
  discoveryDocuments: Part;
}

/** @throws Error where a part is missing: ask only when all are there */
export function toolchainOf(
  { parts }: Assembly,
  installed: Partial<Record<Provider, Part>>,
): Toolchain {
  const part = (name: PartName): Part => {
    const found = parts.get(name);
    if (found === undefined) throw new Error(`the toolchain lacks ${name}`);
    return found;
  };
  const byVersion = (prefix: string) =>
    Object.fromEntries(
      MODULE_FILES.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => [
        `v${part(name).version}`,
        part(name),
      ]),
    );
  return {
    etcd: part("etcd"),
    kubeApiserver: part("kube-apiserver"),
    kubeControllerManager: part("kube-controller-manager"),
    kubeScheduler: part("kube-scheduler"),
    pulumi: part("pulumi"),
    pulumiLanguageNodejs: part("pulumi-language-nodejs"),
    gatewayApis: byVersion("gateway-api-crds-"),
    helm: part("helm"),
    plugins: { ...installed, kubernetes: part("pulumi-resource-kubernetes") },
    inferenceExtensions: byVersion("inference-extension-config-"),
    discoveryDocuments: part("google-discovery-documents"),
  };
}

/** For a closing table: each part by its name. */
export function partsOf(toolchain: Toolchain): { name: string; part: Part }[] {
  const { gatewayApis, inferenceExtensions, plugins, ...binaries } = toolchain;
  const named = (parts: Record<string, Part>, name: string) =>
    Object.entries(parts).map(([version, part]) => ({ name: `${name} ${version}`, part }));
  return [
    { name: "etcd", part: binaries.etcd },
    { name: "kube-apiserver", part: binaries.kubeApiserver },
    { name: "kube-controller-manager", part: binaries.kubeControllerManager },
    { name: "kube-scheduler", part: binaries.kubeScheduler },
    { name: "pulumi", part: binaries.pulumi },
    { name: "pulumi-language-nodejs", part: binaries.pulumiLanguageNodejs },
    { name: "helm", part: binaries.helm },
    ...Object.entries(plugins).map(([name, part]) => ({ name: `provider ${name}`, part })),
    ...named(gatewayApis, "Gateway API CRDs"),
    ...named(inferenceExtensions, "chart inferencepool"),
    { name: "discovery documents", part: binaries.discoveryDocuments },
  ];
}
