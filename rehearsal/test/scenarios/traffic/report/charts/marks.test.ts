import { heightOf, placeMarks } from "../../../../../scenarios/traffic/report/charts/marks";

const place = (...marks: [second: number, text: string][]) =>
  placeMarks(
    marks.map(([second, text]) => ({ second, text })),
    (second) => second * 10,
  )
    .map(({ text, left, lane }) => [text, left, lane])
    .sort();

test("marks that are far from each other share a lane", () => {
  expect(place([5, "a"], [20, "b"])).toEqual([
    ["a", 48, 0],
    ["b", 198, 0],
  ]);
});

test("a text is above the lines that it spans, so that no line crosses it", () => {
  expect(place([5, "a long text"], [6, "b"], [7, "c"])).toEqual([
    ["a long text", 48, 2],
    ["b", 58, 1],
    ["c", 68, 0],
  ]);
});

test("a text at the right end stays in the chart", () => {
  const [[, left] = []] = place([75, "0123456789"]);
  expect(left).toBeCloseTo(760 - 10 * 11 * 0.65 - 6);
});

test("lanes take space, no marks take none", () => {
  const height = (...seconds: number[]) =>
    heightOf(
      placeMarks(
        seconds.map((second) => ({ second, text: "text" })),
        (second) => second,
      ),
    );
  expect(height()).toBe(0);
  expect(height(1, 500)).toBe(height(1));
  expect(height(1, 2)).toBe(height(1) + 18);
});
