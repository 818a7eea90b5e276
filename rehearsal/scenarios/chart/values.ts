import { pluginsConfig } from "../../../components/inferencePoolChart/pluginsConfig";
import type { Release } from "../../../components/inferencePoolChart/release";

/** What a user of the chart would give to have the same release. */
export function valuesOf(release: Release): object {
  const { endpointPicker, ports, podLabels } = release;
  const { replicas, flags } = endpointPicker;
  return {
    provider: { name: "gke" },
    inferenceExtension: {
      ...{ replicas, flags, ...pluginsOf(release) },
      monitoring: { prometheus: { enabled: true } },
    },
    inferencePool: {
      targetPorts: ports.map((number) => ({ number })),
      modelServers: { matchLabels: podLabels },
    },
  };
}

function pluginsOf(release: Release): object {
  const { files, read } = pluginsConfig(release);
  const custom = Object.entries(files).filter(([file]) => file !== "default-plugins.yaml");
  if (custom.length === 0) return {};
  return { pluginsConfigFile: read, pluginsCustomConfig: Object.fromEntries(custom) };
}
