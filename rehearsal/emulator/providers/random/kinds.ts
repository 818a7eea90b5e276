import { randomBytes, randomInt, randomUUID } from "node:crypto";

import { PropertyMap } from "../plugin";
import { RandomKind } from "./schema";
import { drawString, STRING_INPUTS, tooManyMinimums } from "./strings";

/** The rehearsed types of the random provider, by token. */
export const RANDOM_KINDS: Record<string, RandomKind> = {
  "random:index/randomId:RandomId": {
    inputs: { byteLength: { type: "integer", required: true, min: 1 }, prefix: { type: "string" } },
    drawn: ["b64Std", "b64Url", "dec", "hex"],
    draw: (inputs) => drawId(inputs),
  },
  "random:index/randomInteger:RandomInteger": {
    inputs: {
      max: { type: "integer", required: true },
      min: { type: "integer", required: true },
    },
    drawn: ["result"],
    refuse: ({ min, max }) =>
      Number(max) < Number(min)
        ? `max: ${String(max)} is less than min, ${String(min)}`
        : undefined,
    draw({ min, max }) {
      const result = randomInt(Number(min), Number(max) + 1);
      return { id: String(result), outputs: { result } };
    },
  },
  "random:index/randomString:RandomString": {
    inputs: STRING_INPUTS,
    drawn: ["result"],
    refuse: tooManyMinimums,
    draw(inputs) {
      const result = drawString(inputs);
      return { id: result, outputs: { result } };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    inputs: {},
    drawn: ["result"],
    draw() {
      const result = randomUUID();
      return { id: result, outputs: { result } };
    },
  },
};

/** The prefix goes before each spelling; the id is the value without it. */
function drawId({ byteLength, prefix = "" }: PropertyMap): { id: string; outputs: PropertyMap } {
  const bytes = randomBytes(Number(byteLength));
  const spelled = (text: string) => String(prefix) + text;
  const id = bytes.toString("base64url");
  return {
    id,
    outputs: {
      b64Std: spelled(bytes.toString("base64")),
      b64Url: spelled(id),
      dec: spelled(BigInt(`0x${bytes.toString("hex")}`).toString()),
      hex: spelled(bytes.toString("hex")),
    },
  };
}
