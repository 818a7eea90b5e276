import { type Case, linesOf, refusing } from "./support/refused";

describe("the configuration of the model's weights", () => {
  test.each<Case>([
    [
      "a number where YAML needs quotes for a text",
      { model: { revision: 4215823 } },
      "model.revision: got 4215823; allowed: text: put it in quotes, or set it with `pulumi config set --path --type string`",
    ],
    [
      "a bucket without its name",
      { weightsCache: { kind: "bucket" } },
      expect.stringMatching(/weightsCache\.bucket: got nothing; allowed: the name of a bucket, /),
    ],
    [
      "a token in two places",
      { huggingFaceSecret: "projects/my-project/secrets/hf" },
      "huggingFaceToken: got a token; allowed: nothing beside huggingFaceSecret",
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
