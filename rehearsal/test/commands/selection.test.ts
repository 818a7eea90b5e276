import { selectionOf, shardOf } from "../../commands/frame/selection";

const letters = ["a", "b", "c", "d", "e", "f", "g"];

describe("SHARD", () => {
  test("left out is everything", () => {
    expect(shardOf(letters, "")).toEqual(letters);
  });

  test.each([1, 2, 3, 7, 9])("%d shares are the list, each thing once and in order", (count) => {
    const shares = Array.from({ length: count }, (_, at) => shardOf(letters, `${at + 1}/${count}`));
    expect(shares.flat()).toEqual(letters);
  });

  test.each(["0/3", "4/3", "2", "2/0", "a/b", "1/3/5", "-1/2"])("%s is no share", (shard) => {
    expect(() => shardOf(letters, shard)).toThrow(
      `SHARD=${shard}: allowed: a share such as 2/5, the second of five`,
    );
  });
});

describe("ONLY", () => {
  const drills = ["smallDisk", "smallQuota", "engineKilled"].map((name) => ({ name }));
  const select = (env: NodeJS.ProcessEnv) =>
    selectionOf("drill", drills, env).map(({ name }) => name);

  test("left out is everything", () => {
    expect(select({})).toEqual(["smallDisk", "smallQuota", "engineKilled"]);
  });

  test("is a part of a name, in capitals or not", () => {
    expect(select({ ONLY: "SMALL" })).toEqual(["smallDisk", "smallQuota"]);
  });

  test("chooses before SHARD does", () => {
    expect(select({ ONLY: "small", SHARD: "2/2" })).toEqual(["smallQuota"]);
  });

  test("that is in no name is refused, with the names where they are few", () => {
    expect(() => select({ ONLY: "disc" })).toThrow(
      'ONLY: no drill has "disc" in its name; there are smallDisk, smallQuota, engineKilled',
    );
    const many = Array.from({ length: 11 }, (_, at) => ({ name: `change ${at}` }));
    expect(() => selectionOf("change", many, { ONLY: "disc" })).toThrow(
      /^ONLY: no change has "disc" in its name$/,
    );
  });
});
