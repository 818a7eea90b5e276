import { listed, widthOf, wrap } from "../../../scripts/picture/text";

const FONT = { size: 10, bold: false };

describe("a text is broken", () => {
  test.each([
    ["at spaces", "one two three", 50, ["one two", "three"]],
    ["not if it fits", "one two three", 100, ["one two three"]],
    ["between facts", listed("1 to 2 nodes", "spot"), 75, ["1 to 2 nodes", "spot"]],
    [
      "inside of a word that is too long, after - . / :",
      "us-east4-a,us",
      60,
      ["us-east4-", "a,us"],
    ],
    ["anywhere in a part that is too long", "mmmmmm", 30, ["mmm", "mmm"]],
    ["never into nothing", "", 10, [""]],
  ])("%s", (_, text, width, lines) => {
    expect(wrap(text, width, FONT).map((line) => line.replaceAll("\u00a0", " "))).toEqual(lines);
  });
});

test("a text is as wide as in the widest font, and a character that is not known as wide as the widest", () => {
  expect(widthOf("ii", FONT)).toBe(6);
  expect(widthOf("ii", { size: 10, bold: true })).toBe(7);
  expect(widthOf("\u4e2d", FONT)).toBe(11.5);
});

test("facts that are not there are left out", () => {
  expect(listed("one", undefined, "two words")).toBe("one\u00a0· two\u00a0words");
});
