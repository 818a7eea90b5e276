import { shardOf } from "../../scenarios/shard";

const letters = ["a", "b", "c", "d", "e", "f", "g"];

test("without SHARD it is everything", () => {
  expect(shardOf(letters, "")).toEqual(letters);
});

test.each([1, 2, 3, 7, 9])("%d shares are the list, each thing once and in order", (count) => {
  const shares = Array.from({ length: count }, (_, at) => shardOf(letters, `${at + 1}/${count}`));
  expect(shares.flat()).toEqual(letters);
});

test.each(["0/3", "4/3", "2", "2/0", "a/b", "1/3/5", "-1/2"])("%s is no share", (shard) => {
  expect(() => shardOf(letters, shard)).toThrow(
    `SHARD=${shard}: a share is such as 2/5, the second of five`,
  );
});
