import * as fs from "node:fs";
import * as path from "node:path";

import { Parameters } from "../../operations/support/parameters";
import { run } from "../../operations/support/run";

import { pictureOfStack } from "./picture";

/** `make picture`: draws the topology of a stack, without a cloud. */
void run(async () => {
  const parameters = new Parameters(process.env, "picture");
  const stack = parameters.stack();
  const svg = await pictureOfStack(process.cwd(), stack);
  const file = parameters.text("OUT") ?? path.join("docs/pictures", `${path.basename(stack)}.svg`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, svg);
  console.log(`Written: ${file}`);
});
