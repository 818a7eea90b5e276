import type { CostEstimate } from "../../../../cost";
import { arrange, type Page } from "../../../../scripts/picture/page";
import { readTopology, type Synthesis } from "../../../../scripts/picture/readTopology";
import type { Arrow, Point } from "../../../../scripts/picture/arrows";
import type { Placed } from "../../../../scripts/picture/layout";
import { synthesize } from "../../../support/program";

import { variants } from "./variants";

export type Variant = keyof typeof variants;

/** What the program of a variant registers. */
export async function synthesisOf(variant: Variant): Promise<Synthesis & { stack: string }> {
  const [stack, options] = variants[variant] as Parameters<typeof synthesize>;
  const { registrations, outputs } = await synthesize(stack, options);
  return { stack, registrations, cost: outputs.cost as CostEstimate };
}

export function pageOf({ stack, ...synthesis }: Synthesis & { stack: string }): Page {
  return arrange(readTopology(stack, synthesis));
}

/** The text of a box, without that of the boxes inside; each line with its break as ` / `. */
export function textIn({ root }: Page, id: string): string {
  const box = boxesIn(root).find((each) => each.id === id);
  if (!box) throw new Error(`there is no ${id} among ${boxesIn(root).map((each) => each.id)}`);
  return box.lines.map(({ text }) => text.replaceAll("\u00a0", " ")).join(" / ");
}

/** The lines between boxes, such as `request: clients -> gateway`, in alphabetical order. */
export function connections({ root, arrows }: Page): string[] {
  const boxes = boxesIn(root);
  return arrows.flatMap((arrow) => connection(arrow, boxes)).sort();
}

function connection({ stroke, points }: Arrow, boxes: Placed[]): string[] {
  const [from, to] = [points[0], points.at(-1)].map((point) => point && nameOf(point, boxes));
  return from === "legend" ? [] : [`${stroke}: ${from} -> ${to}`];
}

/** The smallest box on whose frame a line ends; or the region below, as lines meet above regions. */
function nameOf([x, y]: Point, boxes: Placed[]): string {
  const legend = boxes.find(({ id }) => id === "legend");
  if (legend && y > legend.y) return "legend";
  const [touched] = boxes
    .filter((box) => isOnFrame(x, y, box))
    .sort((one, other) => one.width * one.height - other.width * other.height);
  if (touched) return touched.id;
  const below = boxes.find(
    (box) => /^(region|drained)$/.test(box.kind) && x > box.x && x < box.x + box.width,
  );
  return `above ${below?.id}`;
}

function isOnFrame(x: number, y: number, box: Placed): boolean {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const across = x >= box.x && x <= right;
  const along = y >= box.y && y <= bottom;
  const meets = (one: number, other: number) => Math.abs(one - other) < 0.1;
  return (
    (across && (meets(y, box.y) || meets(y, bottom))) ||
    (along && (meets(x, box.x) || meets(x, right)))
  );
}

function boxesIn(box: Placed): Placed[] {
  return [box, ...box.inside.flatMap(boxesIn)];
}
