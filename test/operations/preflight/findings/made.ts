import { urn } from "../../support/fakes";

export const state = (type: string, name: string, outputs = {}) => ({
  urn: urn(type, name),
  type,
  outputs,
});
export const MADE = [
  ...["gke-west", "gke-east"].flatMap((name) => [
    state("gcp:container/cluster:Cluster", name),
    state("gcp:gkehub/membership:Membership", name),
  ]),
  state("gcp:compute/network:Network", "network", { name: "network-1a2b3c4" }),
];
export const ONE_MADE = MADE.filter(({ urn: id }) => !id.endsWith("gke-east"));
