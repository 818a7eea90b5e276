import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { runCommand } from "../../../commands/frame/command";

/** A command that ends as its argument says. */
const ends: Record<string, () => Promise<boolean | void>> = {
  well: async () => undefined,
  badly: async () => false,
  withError: async () => {
    throw new Error("the toolchain is not there");
  },
};

const [, , end = "", errorCode] = process.argv;

runCommand(
  async (directories, interruption) => {
    const endAsTold = ends[end];
    if (endAsTold) return endAsTold();
    // In a group of its own, as the engine and the cloud: a terminal's Ctrl-C does not reach it.
    const child = spawn("sleep", ["1000"], {
      detached: true,
      stdio: "ignore",
    });
    try {
      console.log(child.pid);
      await interruption.cutShort(sleep(1e6));
    } finally {
      console.log(`tidied up ${directories.state}`);
    }
  },
  errorCode === undefined ? {} : { errorCode: Number(errorCode) },
);
