import { BLOCKS_PER_REGION } from "../../catalog/addressPlan";
import { MAX_NEGS } from "../../catalog/networkEndpointGroups";
import { zonesOf } from "../../catalog/zones";
import { negCountOf, regionsOf } from "../derived";
import { type Problem, refused } from "../problem";

import { rule } from "./rule";

/** Addresses of a Gateway (Gateway API). */
const MAX_ADDRESSES = 16;

/** Rules about the clusters and where they are. */
export const fleetRules = [
  rule(["clusterNames", "validClusters"], ({ clusterNames, validClusters }) => {
    const without = Object.values(validClusters).filter(({ gpus }) => !gpus).length;
    if (clusterNames.length - without >= 2) return [];
    const allowed = "two or more that have GPUs: one has no other to spill over to";
    return [refused(["clusters"], clusterNames, allowed)];
  }),

  rule(["clusters"], (known) => {
    const count = regionsOf(known.clusters).length;
    if (count <= MAX_ADDRESSES) return [];
    const allowed = `at most ${MAX_ADDRESSES}: a Gateway has no more addresses`;
    return [refused(["clusters"], `${count} regions`, allowed)];
  }),

  rule(["clusters", "accelerator", "fallbacks"], (known) => {
    const count = negCountOf(known);
    if (count <= MAX_NEGS) return [];
    const allowed = `at most ${MAX_NEGS}: each is a network endpoint group; name fewer \`zones\``;
    return [refused(["clusters"], `${count} zones in all`, allowed)];
  }),

  rule(["configCluster", "clusterNames"], ({ configCluster, clusterNames }) => {
    if (clusterNames.includes(configCluster)) return [];
    const allowed = `one of the clusters: ${clusterNames.join(", ")}`;
    return [refused(["configCluster"], configCluster, allowed)];
  }),

  rule(["configCluster", "validClusters"], ({ configCluster, validClusters }) =>
    Object.entries(validClusters)
      .filter(([name, { gpus }]) => !gpus && name !== configCluster)
      .map(([name]) => {
        const allowed = `true: only the config cluster, ${configCluster}, has work without GPUs`;
        return refused(["clusters", name, "gpus"], false, allowed);
      }),
  ),

  rule(["validClusters"], ({ validClusters }) => {
    const places = Object.entries(validClusters);
    return places.flatMap(([name, { region, block }], i) =>
      places
        .slice(0, i)
        .filter(([, other]) => other.region === region && other.block === block)
        .map(([other]) => {
          const allowed = `a block that "${other}" does not use in ${region}: 0 to ${BLOCKS_PER_REGION - 1}`;
          return refused(["clusters", name, "block"], block, allowed);
        }),
    );
  }),

  rule(["validClusters"], ({ validClusters }) =>
    Object.entries(validClusters).flatMap(([name, { region, zones = [] }]) =>
      zones.flatMap((zone, i): Problem[] => {
        const path = ["clusters", name, "zones", i];
        if (zones.indexOf(zone) < i) return [refused(path, zone, "each zone once")];
        if (zonesOf(region).includes(zone)) return [];
        return [refused(path, zone, `a zone of ${region}: ${zonesOf(region).join(", ")}`)];
      }),
    ),
  ),
];
