import * as fs from "node:fs";
import * as path from "node:path";

import { KubeClient } from "../emulator/kube/client";

import type { CloudCluster } from "./cloud";
import type { Directories } from "./directories";

const ID = /^projects\/([^/]+)\/locations\/([^/]+)\/clusters\/([^/]+)$/;

/** Administrators' clients of the clusters of an emulated cloud, by the cluster's name. */
export function clusterClients(
  directories: Directories,
  clusters: readonly CloudCluster[],
): Map<string, KubeClient> {
  return new Map(
    clusters.map(({ id }) => {
      const [, project, location, name = ""] = ID.exec(id) ?? [];
      const context = `gke_${project}_${location}_${name}`;
      const file = path.join(directories.cloud, "clusters", context, "admin.kubeconfig");
      return [name, KubeClient.fromKubeconfig(fs.readFileSync(file, "utf8"))];
    }),
  );
}
