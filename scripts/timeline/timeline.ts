import { FONTS } from "../picture/box";
import { type Line, paddingOf, type Placed, placeRows } from "../picture/layout";
import type { Page } from "../picture/page";
import { svgOf } from "../picture/svg";
import { widthOf } from "../picture/text";

import type { Recorded } from "./recorded";

const WIDTH = 826;
/** Names and notes on the left, the time axis on the right. */
const TEXT_WIDTH = 340;
const GAP = 20;
const BAR_HEIGHT = 14;
/** A step of no time is drawn all the same. */
const LEAST_BAR = 2;
/** Between a bar and its seconds. */
const BETWEEN = 6;

type Step = Recorded["steps"][number];

/** A recorded rehearsal as SVG: each step with its result, and a bar from its begin to its end. */
export function timelineOf(run: Recorded): string {
  return svgOf(arrange(run));
}

function arrange({ stack, cores, peakMemoryGib, steps }: Recorded): Page {
  const { left, right, ends } = paddingOf("page");
  const inner = WIDTH - left - right;
  const all = sum(steps);
  const header = placeRows(
    [
      { look: "title", text: `make rehearse: stack ${stack}`, right: `${all.toFixed(0)} seconds` },
      {
        look: "muted",
        text: "recorded by a run; times in seconds",
        right: `${cores} cores, at most ${peakMemoryGib.toFixed(2)} GiB of memory`,
      },
    ],
    left,
    ends,
    inner,
  );
  const axis = { x: left + TEXT_WIDTH + GAP, width: inner - TEXT_WIDTH - GAP };
  let y = header.bottom + GAP;
  const rows = steps.map((step, i) => {
    const row = placeStep(step, sum(steps.slice(0, i)), all, { left, y, axis });
    y = row.bottom + 10;
    return row;
  });
  return {
    title: `Steps of make rehearse for stack ${stack}`,
    description: steps.map(({ name, seconds }) => `${name}: ${seconds.toFixed(1)} s`).join("; "),
    root: {
      ...{ kind: "page", id: "page", x: 0, y: 0, width: WIDTH, height: y - 10 + ends },
      lines: [...header.lines, ...rows.flatMap(({ lines }) => lines)],
      inside: rows.map(({ bar }) => bar),
    },
    arrows: [],
    dots: [],
  };
}

interface Place {
  left: number;
  y: number;
  axis: { x: number; width: number };
}

function placeStep(
  { name, seconds, note }: Step,
  begin: number,
  all: number,
  { left, y, axis }: Place,
): { lines: Line[]; bar: Placed; bottom: number } {
  const texts = placeRows(
    [
      { look: "strong", text: name },
      ...(note === "" ? [] : [{ look: "muted" as const, text: note }]),
    ],
    left,
    y,
    TEXT_WIDTH,
  );
  const scale = all > 0 ? (axis.width - LEAST_BAR) / all : 0;
  const bar: Placed = {
    kind: "gateway",
    id: `step-${name}`,
    x: axis.x + begin * scale,
    y: y + 1,
    width: LEAST_BAR + seconds * scale,
    height: BAR_HEIGHT,
    lines: [],
    inside: [],
  };
  return { lines: [...texts.lines, timeOf(seconds, bar, axis)], bar, bottom: texts.bottom };
}

/** The seconds of a step, behind its bar; before it, where the page ends. */
function timeOf(seconds: number, { x, y, width }: Placed, axis: Place["axis"]): Line {
  const text = seconds.toFixed(1);
  const end = x + width + BETWEEN;
  const fits = end + widthOf(text, FONTS.muted) <= axis.x + axis.width;
  const at = { text, look: "muted" as const, y: y + FONTS.muted.size };
  return fits ? { ...at, x: end, anchor: "start" } : { ...at, x: x - BETWEEN, anchor: "end" };
}

function sum(steps: Step[]): number {
  return steps.reduce((seconds, step) => seconds + step.seconds, 0);
}
