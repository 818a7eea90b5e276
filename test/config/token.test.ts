import * as fc from "fast-check";

import { tokenSource } from "../../config/token";
import { problemsIn } from "../support/refusal";

const SECRET = "projects/my-project/secrets/hf";
const ALLOWED =
  "a secret, a Hugging Face token that may read the model, or huggingFaceSecret in its place";

describe("the token", () => {
  test.each<[string, string | undefined, string]>([
    ["nothing", undefined, "nothing"],
    ["an empty text", "", "an empty text"],
    ["blanks", "  \t\n", "white space only"],
    ["what the README has in its place", "<your token>", "a placeholder"],
    ["a template's variable", "${HF_TOKEN}", "a placeholder"],
    ["a shell's variable", "$HF_TOKEN", "a placeholder"],
    ["a chart's variable", "{{ .Values.token }}", "a placeholder"],
    ["Python's nothing", "None", "a placeholder"],
    ["JavaScript's nothing", "undefined", "a placeholder"],
    ["JSON's nothing", "null", "a placeholder"],
    ["a token's beginning", "hf_", "a placeholder"],
    ["a token of x", "hf_xxxxxxxx", "a placeholder"],
    ["words", "your-hf-token", "a placeholder"],
    ["a new line at its end", "hf_abc\n", "a text with white space in it or around it"],
    ["a blank before it", " hf_abc", "a text with white space in it or around it"],
    ["the header's word before it", "Bearer hf_abc", "a text with white space in it or around it"],
    ["quotes around it", '"hf_abc"', "a text with characters that no token has"],
    ["a letter that is none of ASCII", "hf_äbc", "a text with characters that no token has"],
  ])("is refused as %s", (_, huggingFaceToken, got) => {
    expect(problemsIn({ huggingFaceToken })).toEqual([
      `huggingFaceToken: got ${got}; allowed: ${ALLOWED}`,
    ]);
  });

  test.each([
    ["nothing", undefined],
    ["an empty text, which is no token", ""],
    ["blanks, which are none either", "  "],
  ])("may be %s beside a secret of Secret Manager", (_, huggingFaceToken) => {
    expect(problemsIn({ huggingFaceToken, huggingFaceSecret: SECRET })).toEqual([]);
  });

  test("is in one place", () => {
    expect(problemsIn({ huggingFaceToken: "hf_abc", huggingFaceSecret: SECRET })).toEqual([
      "huggingFaceToken: got a token; allowed: nothing beside huggingFaceSecret",
    ]);
  });

  test.each(["hf_abc", undefined])("%s beside an empty secret: only that one is told", (token) => {
    expect(problemsIn({ huggingFaceToken: token, huggingFaceSecret: "" })).toEqual([
      expect.stringMatching(/^huggingFaceSecret: got ""; allowed: projects\/<project>/),
    ]);
  });

  test.each(["hf_AbCdEfGh123", "api_org_Abc", "eyJhbGciOi.eyJpc3M-_.x+/="])(
    "may be %s",
    (token) => {
      expect(tokenSource(token)).toEqual({ kind: "value", token });
    },
  );

  test("is never in a message", () => {
    const text = fc.string({ minLength: 12 });
    fc.assert(
      fc.property(text, (token) => {
        const source = tokenSource(token);
        return "kind" in source || !JSON.stringify(source).includes(token);
      }),
      { seed: 20261130 },
    );
  });
});

test("a version of the secret is taken from its name", () => {
  expect(tokenSource(undefined, `${SECRET}/versions/3`)).toEqual({
    kind: "secret-manager",
    secret: SECRET,
    version: "3",
  });
});
