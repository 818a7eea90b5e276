import type { Browser } from "puppeteer-core";

import { picture } from "../../../scripts/picture/picture";

import { startBrowser } from "../../support/browser";
import { synthesisOf, type Variant } from "./support/draw";
import { look } from "./support/drawing";
import { faultsOf } from "./support/faults";
import { variants } from "./support/variants";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

async function drawn(svg: string) {
  if (!browser) throw new Error("the browser did not start");
  return look(browser, svg);
}

describe("in a browser, on light and dark pages", () => {
  test.each(Object.keys(variants) as Variant[])("nothing is wrong with %s", async (variant) => {
    const { stack, ...synthesis } = await synthesisOf(variant);
    const { light, dark } = await drawn(picture(stack, synthesis));
    expect(faultsOf(light)).toEqual([]);
    expect(faultsOf(dark)).toEqual([]);

    const clusters = synthesis.registrations.filter(({ type }) => type.endsWith(":Cluster"));
    const seen = light.texts.map(({ text, inside }) => [inside, text]);
    expect(clusters.length).toBeGreaterThan(1);
    for (const { inputs } of clusters) {
      expect(wordsIn(seen, `cluster-${inputs.name}`)).toContain(inputs.name);
      expect(wordsIn(seen, `region-${inputs.location}`)).toContain(inputs.location);
      const cluster = light.boxes.find(({ id }) => id === `cluster-${inputs.name}`);
      expect(cluster?.inside).toBe(`region-${inputs.location}`);
    }
  });

  test("nothing is wrong with a stack whose name has to be escaped", async () => {
    const synthesis = await synthesisOf("dev");
    const { light } = await drawn(picture('<a> & "b"', synthesis));
    expect(faultsOf(light)).toEqual([]);
    expect(light.texts[0]?.text).toBe('Stack <a> & "b"');
  });
});

/** All text of a box, without the breaks of lines. */
function wordsIn(texts: (string | undefined)[][], box: string): string {
  return texts.flatMap(([inside, text]) => (inside === box ? [text] : [])).join("");
}

const box = (id: string, place: string, content = "", style = "fill: white") =>
  `<g class="box" id="${id}"><rect ${place} style="${style}"/>${content}</g>`;
const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">${content}</svg>`;
const PAGE = 'width="200" height="100"';

describe("a fault is seen", () => {
  test.each([
    ["none", box("a", PAGE, '<text x="20" y="50">fits</text>'), []],
    [
      "a text that is too long",
      box("a", PAGE, box("b", 'width="30" height="40"', '<text x="5" y="20">too long</text>')),
      ['"too long" leaves b'],
    ],
    [
      "a box outside of the picture",
      box("a", 'x="150" width="60" height="50"'),
      ["a leaves the picture"],
    ],
    [
      "a box outside of its own",
      box("a", PAGE, box("b", 'width="50" height="50"', box("c", 'x="40" width="20" height="9"'))),
      ["c leaves b"],
    ],
    [
      "boxes that overlap",
      box(
        "a",
        PAGE,
        box("b", 'width="50" height="50"') + box("c", 'x="49" width="50" height="50"'),
      ),
      ["b and c overlap"],
    ],
    [
      "texts that overlap",
      box("a", PAGE, '<text x="20" y="50">one</text><text x="30" y="52">two</text>'),
      ['"one" and "two" overlap'],
    ],
    [
      "a box over a text",
      box("a", PAGE, `<text x="20" y="50">under</text>${box("b", 'width="50" height="50"')}`),
      ['b covers "under"'],
    ],
    [
      "a line through a text",
      box("a", PAGE, '<text x="20" y="50">crossed</text><path class="line" d="M0 45L100 45"/>'),
      ['a line of line crosses "crossed"'],
    ],
    [
      "a line that leaves the picture",
      box("a", PAGE, '<path class="line" d="M0 45L300 45"/>'),
      ["a line of line leaves the picture"],
    ],
    [
      "a pale text",
      box("a", PAGE, '<text x="20" y="50" style="fill: #999">pale</text>'),
      ['"pale" has a contrast of 2.8'],
    ],
    [
      "two boxes of one name",
      box("a", PAGE) + box("b", 'width="9" height="9"') + box("b", 'x="20" width="9" height="9"'),
      ["two boxes are called b", "a and b overlap", "a and b overlap"],
    ],
    ["no text", box("a", PAGE, '<text x="20" y="50"> </text>'), ['" " is not seen']],
  ])("%s", async (_, content, faults) => {
    expect(faultsOf((await drawn(svg(content))).light)).toEqual(faults);
  });

  test("a text that is not escaped", async () => {
    const [fault] = faultsOf((await drawn(svg(box("a", PAGE, "<text>a & b</text>")))).light);
    expect(fault).toMatch(/^not an SVG: .*xmlParseEntityRef: no name/s);
  });

  test("what the browser complains of", async () => {
    const missing = '<image href="file:///nowhere.png" width="9" height="9"/>';
    await expect(drawn(svg(missing))).rejects.toThrow(/not loaded|Not allowed to load/);
  });
});
