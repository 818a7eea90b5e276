import { type Arrow, arrowsOf, type Point, type Stroke } from "./arrows";
import type { Box } from "./box";
import {
  addressBox,
  clientsBox,
  dnsBox,
  footerRows,
  gatewayBox,
  headerRows,
  regionBox,
  spillLabel,
} from "./boxes";
import { naturalWidth, paddingOf, place, type Placed, placeRows } from "./layout";
import { legend } from "./legend";
import type { Topology } from "./topology";

/** Everything that is drawn, with its place. */
export interface Page {
  title: string;
  description: string;
  /** The page itself, with all boxes inside. */
  root: Placed;
  arrows: Arrow[];
  /** Where lines meet. */
  dots: Point[];
}

const REGION_WIDTH = 384;
const LEAST_WIDTH = 640;
/** Between regions, and between parts of the page. */
const GAP = 18;
/** Between gateway and regions: room for the line along which requests spill over. */
const LANE = 60;
const SPILL = 36;
/** How far an address is inside of its column. */
const INSET = 8;

/** The gateway above a column for each region. */
export function arrange(topology: Topology): Page {
  const { regions, gateway } = topology;
  const { left, right, ends } = paddingOf("page");
  const width = Math.max(
    LEAST_WIDTH,
    left + right + regions.length * REGION_WIDTH + (regions.length - 1) * GAP,
  );
  const inner = { x: left, width: width - left - right };
  const header = placeRows(headerRows(topology), inner.x, ends, inner.width);

  const tops = [clientsBox(gateway), ...(gateway.dnsName ? [dnsBox(gateway.dnsName)] : [])];
  const above = stack(tops, inner, header.bottom + GAP);
  const gatewayY = bottomOf(above) + GAP + 4;
  const column = (inner.width - (regions.length - 1) * GAP) / regions.length;
  const columns = regions.map((_, i) => inner.x + i * (column + GAP));
  const front = withAddresses(
    place(gatewayBox(gateway), inner.x, gatewayY, inner.width),
    regions.map(({ name, hasAddress }, i) => ({
      x: columns[i] ?? 0,
      box: hasAddress ? addressBox(name) : undefined,
    })),
  );
  const regionY = front.y + front.height + LANE;
  const placed = regions.map((region, i) =>
    place(regionBox(region), columns[i] ?? 0, regionY, column),
  );
  const height = Math.max(...placed.map((each) => each.height));
  const boxes = [...above, front, ...placed.map((each) => ({ ...each, height }))];

  const spillY = front.y + front.height + SPILL;
  const { arrows, dots } = arrowsOf(topology, byId(boxes), spillY);
  const spill = arrows.find(({ stroke }) => stroke === "spill");
  const labels = spill ? [spillBox(spillLabel(gateway.balancing), spill, spillY)] : [];

  const footer = placeRows(footerRows(topology), inner.x, regionY + height + GAP, inner.width);
  const strokes = ORDER.filter((each) => arrows.some(({ stroke }) => stroke === each));
  const key = legend(strokes, inner.x, footer.bottom + 8, inner.width);
  return {
    title: `Topology of stack ${topology.stack}`,
    description: describe(topology),
    root: {
      kind: "page",
      id: "page",
      x: 0,
      y: 0,
      width,
      height: key.box.y + key.box.height + ends,
      lines: [...header.lines, ...footer.lines],
      inside: [...boxes, ...labels, key.box],
    },
    arrows: [...arrows, ...key.arrows],
    dots,
  };
}

const ORDER: Stroke[] = ["request", "spill", "metric", "config", "runs", "fallback"];

/** Boxes one below the other, in the middle, each as wide as its text. */
function stack(boxes: Box[], inner: { x: number; width: number }, y: number): Placed[] {
  let next = y;
  return boxes.map((box) => {
    const width = Math.min(inner.width, naturalWidth(box));
    const placed = place(box, inner.x + (inner.width - width) / 2, next, width);
    next = placed.y + placed.height + GAP + 4;
    return placed;
  });
}

/** The gateway with an address above each region that has one. */
function withAddresses(gateway: Placed, addresses: { x: number; box: Box | undefined }[]): Placed {
  const y = gateway.y + gateway.height;
  const inside = addresses.flatMap(({ x, box }) =>
    box ? [place(box, x + INSET, y, naturalWidth(box))] : [],
  );
  const height = gateway.height + Math.max(...inside.map((each) => each.height)) + 8;
  return { ...gateway, height, inside };
}

/** Text above the line along which requests spill over, between the lanes of the first region. */
function spillBox(text: string, spill: Arrow, y: number): Placed {
  const box: Box = { kind: "label", id: "spill", rows: [{ look: "strong", text }], inside: [] };
  const x = (spill.points[0]?.[0] ?? 0) + 12;
  const placed = place(box, x, 0, Math.min(naturalWidth(box), REGION_WIDTH - 72));
  const up = y - placed.height - 6;
  return { ...placed, y: up, lines: placed.lines.map((line) => ({ ...line, y: line.y + up })) };
}

function byId(boxes: Placed[]): Map<string, Placed> {
  return new Map(boxes.flatMap((box) => [[box.id, box], ...byId(box.inside)]));
}

function bottomOf(boxes: Placed[]): number {
  return Math.max(...boxes.map(({ y, height }) => y + height));
}

function describe({ gateway, regions }: Topology): string {
  const places = regions.map(({ name, clusters }) => {
    return `${clusters.map((cluster) => cluster.name).join(" and ")} in ${name}`;
  });
  return `Gateway ${gateway.name} in front of ${places.join(", ")}`;
}
