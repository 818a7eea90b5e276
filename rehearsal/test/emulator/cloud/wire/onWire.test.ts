import { Method } from "../../../../emulator/cloud/wire/discovery";
import { onWire } from "../../../../emulator/cloud/wire/onWire";

const PART = {
  type: "object",
  properties: { kind: { type: "string", default: "api#part" }, names: { type: "array" } },
};
const METHOD: Method = {
  id: "api.things.get",
  api: "api",
  version: "v1",
  verb: "GET",
  parameters: {},
  response: { $ref: "Thing" },
  schemas: {
    Part: PART,
    Thing: {
      type: "object",
      properties: {
        kind: { type: "string", default: "api#thing" },
        part: { $ref: "Part" },
        parts: { type: "array", items: { $ref: "Part" } },
        byName: { type: "object", additionalProperties: { $ref: "Part" } },
        plain: { type: "object", properties: {} },
      },
    },
  },
};

describe("an answer on the wire", () => {
  it("has the kind of each object that has one", () => {
    expect(onWire({ part: {}, parts: [{}], byName: { a: {} }, plain: {} }, METHOD)).toEqual({
      kind: "api#thing",
      part: { kind: "api#part" },
      parts: [{ kind: "api#part" }],
      byName: { a: { kind: "api#part" } },
      plain: {},
    });
  });

  it("keeps the kind that it has", () => {
    expect(onWire({ kind: "api#other" }, METHOD)).toEqual({ kind: "api#other" });
  });

  it("has neither what is undefined nor an empty list", () => {
    const answer = { plain: undefined, parts: [], part: { names: [] } };
    expect(onWire(answer, METHOD)).toEqual({ kind: "api#thing", part: { kind: "api#part" } });
  });
});
