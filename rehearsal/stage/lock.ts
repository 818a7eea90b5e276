import * as fs from "node:fs";
import * as path from "node:path";

import { processes } from "./processes";

/**
 * Makes sure that one command at a time works on a state directory: a second one would end the first one's cloud.
 * Held until the process ends, however it ends.
 * @throws that names the process which holds it
 */
export function lockState(state: string): void {
  fs.mkdirSync(state, { recursive: true });
  const file = path.join(state, "lock");
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : undefined;
  const alive = processes().find(({ pid }) => pid === holder && pid !== process.pid);
  if (alive?.command.includes("start.mjs")) {
    throw new Error(
      `another rehearsal of this checkout is running (process ${alive.pid}: ${alive.command}); wait for it, or interrupt it`,
    );
  }
  fs.writeFileSync(file, String(process.pid));
}
