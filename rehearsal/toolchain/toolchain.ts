import { Absence, Assembly, Part } from "./assembly";
import { ENVOY, MODEL_SERVER, PICKER } from "./dataPlane";
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
  dataPlane: DataPlane;
}

/** What answers requests. A rehearsal runs its control planes without them, too. */
export interface DataPlane {
  /** Envoy: what a load balancer of Google's consists of. */
  proxy: Part | Absence;
  /** The endpoint picker. */
  picker: Part | Absence;
  /** vLLM's API, metrics and timing without a GPU. */
  modelServer: Part | Absence;
}

export function isAbsent(part: Part | Absence): part is Absence {
  return "why" in part;
}

/** @throws Error where a part is missing: ask only when all are there */
export function toolchainOf(
  { parts, absences }: Assembly,
  installed: Partial<Record<Provider, Part>>,
): Toolchain {
  const part = (name: PartName): Part => {
    const found = parts.get(name);
    if (found === undefined) throw new Error(`the toolchain lacks ${name}`);
    return found;
  };
  const optional = (name: PartName): Part | Absence => absences.get(name) ?? part(name);
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
    dataPlane: {
      proxy: optional(ENVOY.name),
      picker: optional(PICKER.name),
      modelServer: optional(MODEL_SERVER.name),
    },
  };
}

/** For a closing table: each part that is there, by its name. */
export function partsOf(toolchain: Toolchain): { name: string; part: Part }[] {
  const { gatewayApis, inferenceExtensions, plugins, dataPlane, ...binaries } = toolchain;
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
    ...dataPlaneRows(dataPlane).flatMap(({ name, part }) => (isAbsent(part) ? [] : { name, part })),
  ];
}

/** What the rehearsal does without: one sentence on each. */
export function absencesOf({ dataPlane }: Toolchain): string[] {
  return dataPlaneRows(dataPlane).flatMap(({ name, part }) =>
    isAbsent(part) ? `${name} is left out: ${part.why}.` : [],
  );
}

function dataPlaneRows(dataPlane: DataPlane): { name: string; part: Part | Absence }[] {
  return [
    { name: ENVOY.name, part: dataPlane.proxy },
    { name: "endpoint picker", part: dataPlane.picker },
    { name: "model server", part: dataPlane.modelServer },
  ];
}
