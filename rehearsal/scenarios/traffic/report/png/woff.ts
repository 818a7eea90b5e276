import { inflateSync } from "node:zlib";

const HEADER = { woff: 44, font: 12 };
const ENTRY = { woff: 20, font: 16 };
const SIGNATURE = 0x774f4646;

interface Table {
  /** Tag, checksum. */
  tag: number;
  checksum: number;
  content: Buffer;
}

/**
 * Unpacks a font of the Web Open Font Format 1.0 (https://www.w3.org/TR/WOFF/) into what programs other than browsers
 * read: the same tables, not compressed.
 * @throws if it is not such a font
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.length < HEADER.woff || woff.readUInt32BE(0) !== SIGNATURE) {
    throw new Error("not a WOFF font");
  }
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) =>
    tableAt(woff, HEADER.woff + i * ENTRY.woff),
  );
  const directory = Buffer.alloc(HEADER.font + count * ENTRY.font);
  const power = Math.floor(Math.log2(count));
  directory.writeUInt32BE(woff.readUInt32BE(4), 0);
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(16 * 2 ** power, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(16 * count - 16 * 2 ** power, 10);
  let offset = directory.length;
  tables.forEach(({ tag, checksum, content }, i) => {
    const entry = [tag, checksum, offset, content.length];
    entry.forEach((value, k) => {
      directory.writeUInt32BE(value, HEADER.font + i * ENTRY.font + 4 * k);
    });
    offset += padded(content).length;
  });
  return Buffer.concat([directory, ...tables.map(({ content }) => padded(content))]);
}

function tableAt(woff: Buffer, at: number): Table {
  const [tag = 0, offset = 0, packed = 0, length = 0, checksum = 0] = [0, 4, 8, 12, 16].map(
    (field) => woff.readUInt32BE(at + field),
  );
  const stored = woff.subarray(offset, offset + packed);
  // A table that would not become shorter is stored as it is.
  return { tag, checksum, content: packed < length ? inflateSync(stored) : stored };
}

/** A table begins at a multiple of four bytes. */
function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}
