import type { Break } from "./break";

const at = { type: "pulumi:providers:kubernetes", name: "gke-east" };

export const noKubeconfig: Break = {
  policy: "cluster-identifier-known",
  at,
  change: { unset: "kubeconfig" },
  says: [
    {
      resource: "gke-east",
      message:
        "kubeconfig: is not set, so the objects go to whichever cluster kubectl points at where Pulumi runs; " +
        "set it to the kubeconfig of the provider's own cluster",
    },
  ],
};

export const clusterIdentifierKnown: Break = {
  policy: "cluster-identifier-known",
  at,
  change: { unset: "clusterIdentifier" },
  says: [
    {
      resource: "gke-east",
      message:
        "clusterIdentifier: is not set, so a changed endpoint replaces every object of the provider; set it to a plain " +
        'text, for example "gke_<project>_<location>_<name>", made of what the program knows itself',
    },
  ],
};
