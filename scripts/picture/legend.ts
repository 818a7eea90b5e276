import type { Arrow, Stroke } from "./arrows";
import { FONTS } from "./box";
import { type Line, paddingOf, type Placed } from "./layout";
import { widthOf } from "./text";

const MEANING: Record<Stroke, string> = {
  request: "requests",
  spill: "requests that spill over",
  metric: "use of the KV cache, reported to the gateway",
  config: "configuration of the gateway",
  runs: "runs on",
  fallback: "used when the node pools before it cannot grow",
};

const SAMPLE = 28;
const ROW = 20;

/** What each kind of line means that is on the page. */
export function legend(
  strokes: Stroke[],
  x: number,
  y: number,
  width: number,
): { box: Placed; arrows: Arrow[] } {
  const { left, right, ends } = paddingOf("legend");
  const lines: Line[] = [];
  const arrows: Arrow[] = [];
  let at = { x: x + left, y: y + ends };
  for (const stroke of strokes) {
    const text = MEANING[stroke];
    const wide = SAMPLE + 8 + widthOf(text, FONTS.muted);
    if (at.x > x + left && at.x + wide > x + width - right) at = { x: x + left, y: at.y + ROW };
    const middle = at.y + ROW / 2;
    arrows.push({
      stroke,
      points: [
        [at.x, middle],
        [at.x + SAMPLE, middle],
      ],
      head: stroke !== "spill",
    });
    lines.push({ text, look: "muted", x: at.x + SAMPLE + 8, y: middle + 4, anchor: "start" });
    at.x += wide + 20;
  }
  const height = at.y + ROW + ends - y;
  const box: Placed = { kind: "legend", id: "legend", x, y, width, height, lines, inside: [] };
  return { box, arrows };
}
