import * as fs from "node:fs";
import * as path from "node:path";

import type { TrafficRecord } from "../record";

import { page } from "./page";
import { pictures } from "./pictures";
import { rasterize } from "./png/rasterize";

/**
 * Writes a record, its page, and each picture of the page as a PNG.
 * @param directory is made if there is none
 * @param checkout has the packages that draw
 * @returns the path of the page
 */
export function writeReport(record: TrafficRecord, directory: string, checkout: string): string {
  fs.mkdirSync(directory, { recursive: true });
  const write = (name: string, content: string | Buffer) => {
    const file = path.join(directory, name);
    fs.writeFileSync(file, content);
    return file;
  };
  write("record.json", `${JSON.stringify(record, null, 2)}\n`);
  const drawn = pictures(record);
  const written = write("index.html", page(record, drawn));
  const svgs = drawn.map(({ svg }) => svg);
  rasterize(svgs, checkout).forEach((png, i) => write(`${drawn[i]?.name}.png`, png));
  return written;
}
