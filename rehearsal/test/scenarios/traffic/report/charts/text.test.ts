import { broken, cut, widthOf } from "../../../../../scenarios/traffic/report/charts/text";

test("a text is cut where it does not fit, and ends with the sign for it", () => {
  const width = widthOf("0123456789", 10);
  expect(cut("0123456789", width, 10)).toBe("0123456789");
  expect(cut("0123456789a", width, 10)).toBe("012345678…");
  expect(cut("01234567 9ab", width, 10)).toBe("01234567…");
  expect(cut("abc", 1, 10)).toBe("a…");
});

test("a text is broken at spaces, and a word that is too long is cut", () => {
  const width = widthOf("one two", 10);
  expect(broken("one two three", width, 10)).toEqual(["one two", "three"]);
  expect(broken("one  unbelievable two", width, 10)).toEqual(["one", "unbeli…", "two"]);
});
