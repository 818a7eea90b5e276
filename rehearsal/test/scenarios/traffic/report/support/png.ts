import { inflateSync } from "node:zlib";

export interface Decoded {
  width: number;
  height: number;
  /** Red, green, blue and alpha of each pixel, row by row. */
  pixels: Buffer;
}

const CHANNELS = 4;

/**
 * Decodes a PNG of eight bits and four channels, as https://www.w3.org/TR/png-3/ describes it.
 * @throws if it is another one
 */
export function decode(png: Buffer): Decoded {
  if (png.toString("latin1", 1, 4) !== "PNG") throw new Error("not a PNG");
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [depth, kind, interlaced] = [png[24], png[25], png[28]];
  if (depth !== 8 || kind !== 6 || interlaced !== 0) throw new Error("a PNG of another kind");
  const pixels = unfiltered(inflateSync(Buffer.concat(data)), width * CHANNELS, height);
  return { width, height, pixels };
}

function unfiltered(lines: Buffer, stride: number, height: number): Buffer {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)] ?? 0;
    const row = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < CHANNELS ? 0 : (pixels[row + x - CHANNELS] ?? 0);
      const up = y === 0 ? 0 : (pixels[row + x - stride] ?? 0);
      const corner = x < CHANNELS || y === 0 ? 0 : (pixels[row + x - stride - CHANNELS] ?? 0);
      pixels[row + x] = (lines[row + y + 1 + x] ?? 0) + guess(filter, left, up, corner);
    }
  }
  return pixels;
}

/** What a filter adds to a byte, from those that are decoded already. */
function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
}

/** The neighbour that is nearest to what all three say. */
function paeth(left: number, up: number, corner: number): number {
  const all = left + up - corner;
  const [toLeft, toUp, toCorner] = [
    Math.abs(all - left),
    Math.abs(all - up),
    Math.abs(all - corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** @returns the share of pixels that have exactly this color, such as `#0072b2` */
export function shareOf({ width, height, pixels }: Decoded, color: string): number {
  const wanted = Number.parseInt(color.slice(1), 16) * 256 + 255;
  let count = 0;
  for (let at = 0; at < pixels.length; at += CHANNELS) {
    if (pixels.readUInt32BE(at) === wanted) count++;
  }
  return count / (width * height);
}
