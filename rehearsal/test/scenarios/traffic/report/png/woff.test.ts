import * as fs from "node:fs";
import * as path from "node:path";

import { unpackWoff } from "../../../../../scenarios/traffic/report/png/woff";

const FOLDER = path.resolve("node_modules/@fontsource/dejavu-sans/files");
const woff = fs.readFileSync(path.join(FOLDER, "dejavu-sans-latin-400-normal.woff"));

test("an unpacked font has all tables, each where its directory says and with its own checksum", () => {
  const font = unpackWoff(woff);
  const count = font.readUInt16BE(4);
  // The whole size that the packed font names in its own head.
  expect(font.length).toBe(woff.readUInt32BE(16));
  expect(count).toBe(woff.readUInt16BE(12));
  const tags = Array.from({ length: count }, (_, i) => {
    const at = 12 + 16 * i;
    const tag = font.toString("latin1", at, at + 4);
    const [checksum = 0, offset = 0, length = 0] = [4, 8, 12].map((field) =>
      font.readUInt32BE(at + field),
    );
    const content = Buffer.from(font.subarray(offset, offset + length));
    // The sum of the whole font is in this field, and does not count.
    if (tag === "head") content.writeUInt32BE(0, 8);
    expect([tag, sumOf(content)]).toEqual([tag, checksum]);
    return tag;
  });
  expect(tags).toEqual(expect.arrayContaining(["cmap", "glyf", "head", "hmtx", "name"]));
});

test.each([
  ["woff2", fs.readFileSync(path.join(FOLDER, "dejavu-sans-latin-400-normal.woff2"))],
  ["nothing", Buffer.alloc(0)],
])("%s is refused", (_, font) => {
  expect(() => unpackWoff(font)).toThrow("not a WOFF font");
});

/** Source: OpenType, the checksum of a table. */
function sumOf(table: Buffer): number {
  const words = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < words.length; at += 4) sum = (sum + words.readUInt32BE(at)) >>> 0;
  return sum;
}
