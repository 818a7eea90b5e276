import { BLOCKS_PER_REGION } from "../../catalog/addressPlan";
import { MAX_NEGS } from "../../catalog/networkEndpointGroups";
import { zonesOf } from "../../catalog/zones";
import { negCountOf, regionsOf } from "../derived";
import { refused } from "../problem";
import { inEach, known } from "../readable";
import type { Settings } from "../schema";

import { doubles, type Rule } from "./rule";

/** Addresses of a Gateway (Gateway API). */
const MAX_ADDRESSES = 16;
const BLOCKS = [...Array(BLOCKS_PER_REGION).keys()];

/** Rules about the clusters and where they are. */
export const fleetRules: Rule[] = [
  ({ clusters }) => {
    const names = Object.keys(clusters);
    const without = inEach(clusters, (name, { gpus }) => (gpus ? [] : [name]));
    if (names.length - without.length >= 2) return [];
    const allowed = "two or more that have GPUs: one has no other to spill over to";
    return [refused(["clusters"], names, allowed)];
  },

  (settings) => {
    const count = regionsOf(readableIn(settings)).length;
    if (count <= MAX_ADDRESSES) return [];
    const allowed = `at most ${MAX_ADDRESSES}: a Gateway has no more addresses`;
    return [refused(["clusters"], `${count} regions`, allowed)];
  },

  (settings) => {
    const { accelerator, fallbacks } = settings;
    const count = negCountOf({ clusters: readableIn(settings), accelerator, fallbacks });
    if (count <= MAX_NEGS) return [];
    const allowed = `at most ${MAX_NEGS}: each is a network endpoint group; name fewer \`zones\``;
    return [refused(["clusters"], `${count} zones in all`, allowed)];
  },

  (settings) => {
    const given = known(() => settings.configCluster);
    const names = Object.keys(settings.clusters);
    if (names.length === 0 || (given !== undefined && names.includes(given))) return [];
    return [refused(["configCluster"], given, `one of the clusters: ${names.join(", ")}`)];
  },

  ({ clusters, configCluster }) =>
    inEach(clusters, (name, { gpus }) => {
      // A config cluster that is not in the list may be meant to be this one.
      if (gpus || name === configCluster || !(configCluster in clusters)) return [];
      const allowed = `true: only the config cluster, ${configCluster}, has work without GPUs`;
      return [refused(["clusters", name, "gpus"], false, allowed)];
    }),

  ({ clusters }) =>
    inEach(clusters, (name, { gpus, model }) => {
      if (gpus || model === undefined || Object.keys(model).length === 0) return [];
      return [refused(["clusters", name, "model"], model, "nothing: it serves no model")];
    }),

  ({ clusters }) => {
    const users = new Map<string, string>();
    const doubled = inEach(clusters, (name, { region, block }) => {
      const other = users.get(`${region} ${block}`);
      users.set(`${region} ${block}`, other ?? name);
      return other === undefined ? [] : [{ name, region, block, other }];
    });
    return doubled.map(({ name, region, block, other }) => {
      const free = BLOCKS.filter((each) => !users.has(`${region} ${each}`));
      const allowed =
        free.length > 0
          ? `a block that "${other}" does not use in ${region}: ${free.join(", ")}`
          : `no further cluster in ${region}: it has ${BLOCKS_PER_REGION} blocks`;
      return refused(["clusters", name, "block"], block, allowed);
    });
  },

  ({ clusters }) =>
    inEach(clusters, (name, { region, zones = [] }) => {
      const path = ["clusters", name, "zones"];
      const elsewhere = zones.flatMap((zone, i) => {
        if (zonesOf(region).includes(zone) || zones.indexOf(zone) < i) return [];
        return [refused([...path, i], zone, `a zone of ${region}: ${zonesOf(region).join(", ")}`)];
      });
      return [...doubles(path, zones, "each zone once"), ...elsewhere];
    }),
];

/** Clusters whose place can be read. There are no fewer in truth, so what they exceed, all of them exceed. */
function readableIn({ clusters }: Pick<Settings, "clusters">): Settings["clusters"] {
  const names = Object.keys(clusters).filter(
    (name) => known(() => placeOf(clusters[name])) !== undefined,
  );
  return Object.fromEntries(names.map((name) => [name, clusters[name]])) as Settings["clusters"];
}

/** Reads all that decides where a cluster has nodes. */
function placeOf(cluster: Settings["clusters"][string] | undefined) {
  return cluster && [cluster.region, cluster.gpus, cluster.zones];
}
