import { compareVersions, describeRange, findVersion, fits } from "../../toolchain/versions";

test.each([
  ["go version go1.26.8 linux/amd64", "1.26.8"],
  ["go version go1.27rc1 linux/arm64", "1.27.0"],
  ["v3.259.0", "3.259.0"],
  ["Kubernetes v1.34.10", "1.34.10"],
  ["1.26", "1.26.0"],
  ["4.21.2-alpha.1+dirty", "4.21.2"],
  ["no version here", undefined],
  ["version 7", undefined],
])("the version in %j is %s", (text, version) => {
  expect(findVersion(text)).toBe(version);
});

test("versions are compared as numbers, part by part", () => {
  expect(["1.34.10", "1.34.9", "1.4.0", "2.0.0"].sort(compareVersions)).toEqual([
    "1.4.0",
    "1.34.9",
    "1.34.10",
    "2.0.0",
  ]);
});

test.each([
  ["1.33.99", false],
  ["1.34.0", true],
  ["1.34.10", true],
  ["1.35.0", false],
])("%s fits 1.34.0 up to 1.35.0: %s", (version, expected) => {
  expect(fits(version, { atLeast: "1.34.0", below: "1.35.0" })).toBe(expected);
});

test("a range says what it takes", () => {
  expect(describeRange({ atLeast: "1.34.0", below: "1.35.0" })).toBe(
    "1.34.0 or later, below 1.35.0",
  );
  expect(describeRange({ atLeast: "1.26.0" })).toBe("1.26.0 or later");
});
