import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Cluster, KubeConfig } from "@kubernetes/client-node";

import { Settings } from "./settings";

/**
 * The kubeconfig that the settings name, with their context and cluster selected.
 * @throws Error where it cannot be read or selects no cluster
 */
export function loadKubeconfig({ kubeconfig, context, cluster }: Settings): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromString(contentsOf(kubeconfig));
  if (context !== undefined) config.setCurrentContext(context);
  if (cluster !== undefined) {
    const selected = config.getCurrentContext();
    config.contexts = config.contexts.map((c) => (c.name === selected ? { ...c, cluster } : c));
  }
  if (!config.getCurrentCluster()) throw new Error(`kubeconfig: ${whatIsMissing(config)}`);
  return config;
}

/** Where the API server is and how it proves who it is; undefined where no cluster is selected. */
export function activeCluster(settings: Settings): Cluster | undefined {
  try {
    const cluster = loadKubeconfig(settings).getCurrentCluster();
    // The entry's name is the user's own affair: another name for the same server is no other cluster.
    return cluster ? { ...cluster, name: "" } : undefined;
  } catch {
    return undefined;
  }
}

function contentsOf(pathOrContents: string): string {
  const file = pathOrContents.replace(/^~(?=\/|$)/, os.homedir());
  const isPath = !pathOrContents.includes("\n") && fs.existsSync(path.resolve(file));
  return isPath ? fs.readFileSync(file, "utf8") : pathOrContents;
}

function whatIsMissing(config: KubeConfig): string {
  const context = config.getCurrentContext();
  if (!context) return "no context is selected";
  const selected = config.getContextObject(context);
  const names = config.getContexts().map(({ name }) => `"${name}"`);
  if (!selected) return `no context "${context}"; there are ${names.join(", ") || "none"}`;
  return `no cluster "${selected.cluster}", which context "${context}" selects`;
}
