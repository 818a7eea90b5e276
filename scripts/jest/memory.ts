import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 1 << 30;

/**
 * A directory in memory, where there is one with enough room in which programs may be run. Tests make and remove
 * thousands of small files, which take a disk's file system several times as long.
 */
export function directoryInMemory(): string | undefined {
  if (!fs.existsSync(MEMORY)) return undefined;
  const { bavail, bsize } = fs.statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_BYTES && runsPrograms(MEMORY) ? MEMORY : undefined;
}

function runsPrograms(directory: string): boolean {
  const program = path.join(directory, `jest-${process.pid}`);
  try {
    fs.writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
    return spawnSync(program).status === 0;
  } catch {
    return false;
  } finally {
    fs.rmSync(program, { force: true });
  }
}
