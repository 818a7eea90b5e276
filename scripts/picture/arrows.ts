import { ids } from "./boxes";
import type { Placed } from "./layout";
import type { ClusterView, PoolView, RegionView, Topology } from "./topology";

/** What goes along a line. */
export type Stroke = "request" | "spill" | "metric" | "config" | "runs" | "fallback";

export interface Arrow {
  stroke: Stroke;
  points: Point[];
  /** Whether it ends with a head. */
  head: boolean;
}

export type Point = [x: number, y: number];

/** Lines that are on the page, and where lines meet. */
export interface Arrows {
  arrows: Arrow[];
  dots: Point[];
}

/** Lanes of a region: requests come down on the left; clusters report, and configure the gateway, on the right. */
export const LANES = { request: 20, metric: 10, config: 20 };

/**
 * Who feeds whom.
 * @param boxes every box on the page, by id
 * @param spillY where the line is along which requests spill over
 */
export function arrowsOf(
  { gateway, regions }: Topology,
  boxes: ReadonlyMap<string, Placed>,
  spillY: number,
): Arrows {
  const at = (id: string) => boxOf(boxes, id);
  const top = gateway.dnsName
    ? [down("request", at(ids.clients), at(ids.dns)), down("request", at(ids.dns), at(ids.gateway))]
    : [down("request", at(ids.clients), at(ids.gateway))];
  const spill = spillArrows(regions, at, spillY);
  return {
    arrows: [...top, ...spill.arrows, ...regions.flatMap((region) => regionArrows(region, at))],
    dots: spill.dots,
  };
}

type Find = (id: string) => Placed;

/** An address leads to the pods of other regions too: of all that are not drained. */
function spillArrows(regions: RegionView[], at: Find, y: number): Arrows {
  const addressed = regions.filter(({ hasAddress }) => hasAddress);
  if (addressed.length < 2) return { arrows: [], dots: [] };
  const lane = ({ name }: RegionView) => at(ids.region(name)).x + LANES.request;
  const lanes = addressed.map(lane);
  const across: Arrow = {
    stroke: "spill",
    points: [
      [Math.min(...lanes), y],
      [Math.max(...lanes), y],
    ],
    head: false,
  };
  const toOthers = addressed
    .filter(({ capacityPercent }) => capacityPercent === 0)
    .map((region): Arrow => {
      const from: Point = [lane(region), bottomOf(at(ids.address(region.name)))];
      return { stroke: "request", points: [from, [lane(region), y]], head: false };
    });
  return { arrows: [across, ...toOthers], dots: lanes.map((x) => [x, y]) };
}

function regionArrows(region: RegionView, at: Find): Arrow[] {
  return region.clusters.flatMap((cluster) => [
    ...cluster.pools.flatMap((pool) => poolArrows(region, cluster, pool, at)),
    ...runsOn(cluster, at),
    ...(cluster.gatewayObjects.length > 0
      ? [
          upTo(
            at(ids.gateway),
            at(ids.objects(cluster.name)),
            "config",
            at(ids.region(region.name)),
          ),
        ]
      : []),
  ]);
}

function poolArrows(
  region: RegionView,
  cluster: ClusterView,
  { name, fed, servers }: PoolView,
  at: Find,
): Arrow[] {
  const pool = at(ids.pool(cluster.name, name));
  const arrows: Arrow[] = [];
  if (fed && region.hasAddress && region.capacityPercent > 0) {
    const x = at(ids.region(region.name)).x + LANES.request;
    const y = middleOf(pool);
    const from = bottomOf(at(ids.address(region.name)));
    arrows.push({
      stroke: "request",
      points: [
        [x, from],
        [x, y],
        [pool.x, y],
      ],
      head: true,
    });
  }
  if (servers) {
    const pods = at(ids.servers(cluster.name, name));
    arrows.push(down("request", pool, pods));
    if (servers.reports) {
      arrows.push(upTo(at(ids.gateway), pods, "metric", at(ids.region(region.name))));
    }
  }
  return arrows;
}

/** Model servers run on the first GPU pool; each further one is for when those before it cannot grow. */
function runsOn({ name, pools, gpuPools }: ClusterView, at: Find): Arrow[] {
  const [servers] = pools.flatMap((pool) =>
    pool.servers ? [at(ids.servers(name, pool.name))] : [],
  );
  if (!servers) return [];
  const nodes = gpuPools.map((pool) => at(ids.nodes(name, pool.name)));
  return nodes.map((to, i) => {
    const before = nodes[i - 1];
    return before ? down("fallback", before, to) : down("runs", servers, to);
  });
}

function down(stroke: Stroke, from: Placed, to: Placed): Arrow {
  const x = from.x + from.width / 2;
  return {
    stroke,
    points: [
      [x, bottomOf(from)],
      [x, to.y],
    ],
    head: true,
  };
}

/** On the right lane of a region. */
function upTo(gateway: Placed, from: Placed, stroke: "metric" | "config", region: Placed): Arrow {
  const x = region.x + region.width - LANES[stroke];
  const y = middleOf(from);
  return {
    stroke,
    points: [
      [from.x + from.width, y],
      [x, y],
      [x, bottomOf(gateway)],
    ],
    head: true,
  };
}

function bottomOf({ y, height }: Placed): number {
  return y + height;
}

function middleOf({ y, height }: Placed): number {
  return y + height / 2;
}

function boxOf(boxes: ReadonlyMap<string, Placed>, id: string): Placed {
  const box = boxes.get(id);
  if (!box) throw new Error(`the picture has no box ${id}`);
  return box;
}
