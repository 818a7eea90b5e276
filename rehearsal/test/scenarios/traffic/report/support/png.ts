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
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (pixels[y * stride + x] ?? 0));
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const [left, up] = [at(x - CHANNELS, y), at(x, y - 1)];
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, at(x - CHANNELS, y - 1))];
      pixels[y * stride + x] = (lines[y * (stride + 1) + 1 + x] ?? 0) + (guesses[filter] ?? 0);
    }
  }
  return pixels;
}

/** The neighbour that is nearest to what all three say. */
function paeth(left: number, up: number, corner: number): number {
  const all = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(all - value));
  if (toLeft! <= toUp! && toLeft! <= toCorner!) return left;
  return toUp! <= toCorner! ? up : corner;
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
