import * as fs from "node:fs";
import * as path from "node:path";

import type { Ground } from "../drill/ground";
import { KubeClient } from "../kube/client";

const ID = /^projects\/([^/]+)\/locations\/([^/]+)\/clusters\/([^/]+)$/;

/** Administrators' clients of the clusters that stand on a ground, by the cluster's name. */
export async function clusterClients({ cloud, places }: Ground): Promise<Map<string, KubeClient>> {
  const clusters = await cloud.clusters();
  return new Map(
    clusters.map(({ id }) => {
      const [, project, location, name = ""] = ID.exec(id) ?? [];
      const context = `gke_${project}_${location}_${name}`;
      const file = path.join(places.cloud, "clusters", context, "admin.kubeconfig");
      return [name, KubeClient.fromKubeconfig(fs.readFileSync(file, "utf8"))];
    }),
  );
}
