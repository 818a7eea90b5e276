import { createHash } from "node:crypto";

import * as yaml from "js-yaml";

import { chartTraits } from "../../catalog/chartVersions";
import { FLOW_CONTROL_GATE } from "../../catalog/pickerPlugins";

import type { Release } from "./release";

/** The files that the endpoint picker finds in /config, and the one that it reads. */
export interface PluginsConfig {
  /** Text by file name. */
  files: Record<string, string>;
  /** Name of the file that it reads. */
  read: string;
}

/** The chart renders it whether it is read or not. */
const DEFAULT_FILE = "default-plugins.yaml";

/** How pods are scored: queue, KV cache and prefix cache, weighted as the chart weighs them. */
const scoring = {
  scorers: [
    { type: "queue-scorer" },
    { type: "kv-cache-utilization-scorer" },
    { type: "prefix-cache-scorer" },
  ],
  profiles: [
    {
      name: "default",
      plugins: [
        { pluginRef: "queue-scorer", weight: 2 },
        { pluginRef: "kv-cache-utilization-scorer", weight: 2 },
        { pluginRef: "prefix-cache-scorer", weight: 3 },
      ],
    },
  ],
};

/** Where the pods' metrics come from. */
const metricsPlugins = [
  {
    type: "metrics-data-source",
    parameters: { scheme: "http", path: "/metrics", insecureSkipVerify: true },
  },
  { type: "core-metrics-extractor" },
];

/** The default file of the chart and, where something else is wanted, a second one beside it. */
export function pluginsConfig(release: Release): PluginsConfig {
  const { flowControl, plugins } = release.endpointPicker;
  const defaults = { [DEFAULT_FILE]: document(defaultBody(release)) };
  if (!flowControl && !plugins) return { files: defaults, read: DEFAULT_FILE };
  const body = plugins ?? defaultBody(release);
  const text = document(flowControl ? withFlowControl(body) : body);
  const read = customFile(text);
  return { files: { ...defaults, [read]: text }, read };
}

/** A changed text gets a new name, so that pods restart: a picker reads its file only once. */
function customFile(text: string): string {
  return `plugins-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.yaml`;
}

function defaultBody({ endpointPicker: { version } }: Release): object {
  const sources = chartTraits[version].metricsPlugins ? metricsPlugins : [];
  return { plugins: [...scoring.scorers, ...sources], schedulingProfiles: scoring.profiles };
}

/** The gate suffices: the picker creates a queue for each priority that it meets. */
function withFlowControl(body: { featureGates?: string[] }): object {
  const { featureGates = [], ...rest } = body;
  return { featureGates: [...new Set([...featureGates, FLOW_CONTROL_GATE])], ...rest };
}

function document(body: object): string {
  return yaml.dump({
    apiVersion: "inference.networking.x-k8s.io/v1alpha1",
    kind: "EndpointPickerConfig",
    ...body,
  });
}
