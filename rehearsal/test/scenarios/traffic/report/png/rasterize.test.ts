import { pictures } from "../../../../../scenarios/traffic/report/pictures";
import { rasterize } from "../../../../../scenarios/traffic/report/png/rasterize";

import { decode, type Decoded, shareOf } from "../support/png";
import { madeUpRecord } from "../support/record";

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#ffffff"/>${content}</svg>`;

function draw(source: string): Decoded {
  const [png = Buffer.alloc(0)] = rasterize([source], process.cwd());
  return decode(png);
}

test("a PNG has twice the size of its SVG", () => {
  const drawn = draw(svg(""));
  expect(drawn).toMatchObject({ width: 240, height: 80 });
  expect(shareOf(drawn, "#ffffff")).toBe(1);
});

test.each([400, 700])("a text of weight %i is drawn, on a machine without fonts", (weight) => {
  const text = `<text x="4" y="30" fill="#6f2da8" font-size="30" font-weight="${weight}" font-family="DejaVu Sans, Nowhere">HHHH</text>`;
  expect(shareOf(draw(svg(text)), "#6f2da8")).toBeGreaterThan(0.03);
});

test("a bold text is bolder", () => {
  const text = (weight: number) =>
    svg(
      `<text x="4" y="30" fill="#6f2da8" font-size="30" font-weight="${weight}" font-family="DejaVu Sans">H</text>`,
    );
  const [plain, bold] = [text(400), text(700)].map((each) => shareOf(draw(each), "#6f2da8"));
  expect(bold).toBeGreaterThan(1.2 * (plain ?? NaN));
});

describe("the pictures of a record", () => {
  const drawn = pictures(madeUpRecord());
  const decoded = new Map(drawn.map(({ name, svg }) => [name, draw(svg)]));

  test("have the size of their charts", () => {
    for (const { name, svg } of drawn) {
      const [, width = "", height = ""] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      expect(width).toBe("760");
      const size = { width: 2 * Number(width), height: 2 * Number(height) };
      expect(decoded.get(name)).toMatchObject(size);
    }
  });

  test.each([
    ["timeline-spill", "the target", "#6f2da8", true],
    ["timeline-region-dies", "the target", "#6f2da8", false],
    ["timeline-spill", "KV cache use of the near region", "#0072b2", true],
    ["timeline-spill", "KV cache use of the far region", "#e69f00", true],
    ["timeline-region-dies", "failed requests", "#d41159", true],
    ["timeline-spill", "failed requests", "#d41159", false],
    ["creation", "global resources", "#1f2328", true],
    ["creation", "resources of the far region", "#e69f00", true],
    ["latency", "p99", "#d41159", true],
  ])("%s shows %s", (name, _, color, isThere) => {
    const found = decoded.get(name);
    expect(found && shareOf(found, color) > 0.0003).toBe(isThere);
  });
});
