import type { DrawnBox, Drawing, DrawnText, Rect } from "./drawing";

/** Half a pixel is the width of a frame's inner half. */
const TOLERANCE = 0.6;
/** Source: WCAG 2.2, 1.4.3 Contrast (Minimum), for text of any size. */
const LEAST_CONTRAST = 4.5;

/** What is wrong with how a picture is drawn, in words. */
export function faultsOf(drawing: Drawing): string[] {
  if (drawing.broken !== undefined) return [`not an SVG: ${drawing.broken}`];
  const { view, boxes, texts, lines } = drawing;
  const boxOf = (id?: string) => boxes.find((box) => box.id === id);
  const outside = (what: string, rect: Rect, id?: string) => {
    const around = boxOf(id);
    if (id !== undefined && around && !isIn(rect, around.rect)) return [`${what} leaves ${id}`];
    return isIn(rect, view) ? [] : [`${what} leaves the picture`];
  };
  return [
    ...doubles(boxes.map(({ id }) => id)).map((id) => `two boxes are called ${id}`),
    ...boxes.flatMap(({ id, rect, inside }) => outside(id, rect, inside)),
    ...texts.flatMap(({ text, rect, inside }) => outside(`"${text}"`, rect, inside)),
    ...texts.flatMap(({ text, rect }) =>
      rect.right - rect.left > 0 ? [] : [`"${text}" is not seen`],
    ),
    ...pairs(
      boxes,
      (one, other) => one.inside === other.inside && overlap(one.rect, other.rect),
    ).map(([one, other]) => `${one.id} and ${other.id} overlap`),
    ...pairs(texts, (one, other) => overlap(one.rect, other.rect)).map(
      ([one, other]) => `"${one.text}" and "${other.text}" overlap`,
    ),
    ...texts.flatMap((text) => covered(text, boxes)),
    ...lines.flatMap(({ kind, points }) => {
      const dots = points.map(([x, y]) => ({ left: x, top: y, right: x, bottom: y }));
      return [
        ...texts
          .filter(({ rect }) => dots.some((dot) => isIn(dot, rect)))
          .map(({ text }) => `a line of ${kind} crosses "${text}"`),
        ...(dots.every((dot) => isIn(dot, view)) ? [] : [`a line of ${kind} leaves the picture`]),
      ];
    }),
    ...texts.flatMap((text) => paleness(text, boxOf(text.inside))),
  ];
}

/** A box that is drawn over a text of the box around it. */
function covered({ text, inside, rect }: DrawnText, boxes: DrawnBox[]): string[] {
  return boxes
    .filter((box) => box.inside === inside && overlap(rect, box.rect))
    .map(({ id }) => `${id} covers "${text}"`);
}

function paleness({ text, fill }: DrawnText, box: DrawnBox | undefined): string[] {
  const contrast = contrastOf(fill, box?.fill ?? "rgb(255, 255, 255)");
  return contrast < LEAST_CONTRAST ? [`"${text}" has a contrast of ${contrast.toFixed(1)}`] : [];
}

/** Source: WCAG 2.2, contrast ratio and relative luminance. */
function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((text) => {
    const share = Number(text) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function isIn(inner: Rect, outer: Rect): boolean {
  return (
    inner.left >= outer.left - TOLERANCE &&
    inner.top >= outer.top - TOLERANCE &&
    inner.right <= outer.right + TOLERANCE &&
    inner.bottom <= outer.bottom + TOLERANCE
  );
}

function overlap(one: Rect, other: Rect): boolean {
  return (
    one.left < other.right - TOLERANCE &&
    other.left < one.right - TOLERANCE &&
    one.top < other.bottom - TOLERANCE &&
    other.top < one.bottom - TOLERANCE
  );
}

/** The pairs of a list that meet. */
function pairs<T>(list: T[], meet: (one: T, other: T) => boolean): [T, T][] {
  return list.flatMap((one, i) =>
    list
      .slice(i + 1)
      .filter((other) => meet(one, other))
      .map((other): [T, T] => [one, other]),
  );
}

function doubles(list: string[]): string[] {
  return list.filter((each, i) => list.indexOf(each) < i);
}
