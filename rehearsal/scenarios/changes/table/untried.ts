import type { Untried } from "../change";

/** Changes that a running stack should not get, and what to do instead. */
export const untried: Untried[] = [
  {
    keys: ["gcp:project"],
    would:
      "make all of it once more in the other project, then delete the old one; refused at the clusters while " +
      "`deletionProtection` is on",
    instead:
      "a stack of its own for the other project; move the clients; `make teardown` for the old one",
  },
  {
    keys: ["gkeVersion"],
    what: "`gkeVersion` below 1.35, removed, or a minor older than 1.35 for clusters that have it",
    would:
      "write the other shape of the balanced metric: without a minor, that of 1.35, which the API server of an older " +
      "cluster refuses; with an older one, a shape of which no document says that a 1.35 takes it",
    instead: "first set 1.35, as above; after that it may be removed",
  },
  {
    keys: ["clusters.<name>.region", "clusters.<name>.block"],
    what: "`region` or `block` of a cluster that is there",
    would:
      "**delete the cluster first**, with all that serves in it, then make it anew elsewhere: refused while " +
      "`deletionProtection` is on; otherwise its region serves nothing for half an hour",
    instead: "add a cluster with another name there, as above, then remove this one",
  },
  {
    keys: ["poolName"],
    would:
      "replace all that is named after the pool, successors first, **in all regions at once**: model servers load " +
      "twice and need twice the GPUs meanwhile, and **no region serves** from the moment that the route names the new " +
      "pool until GKE has imported it, some minutes",
    instead: "keep it: the name is for operators, and another model does not need another name",
  },
  {
    keys: ["namespace"],
    would:
      "replace the gateway and all in the clusters, successors first, **in all regions at once**: twice the GPUs " +
      "meanwhile, and **other addresses of the gateway**; `privateDnsName` follows",
    instead:
      "a stack of its own beside this one, unless clients know the gateway by `privateDnsName` alone",
  },
];
