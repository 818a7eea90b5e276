import { Rehearsal } from "../scenarios/rehearsal/rehearsal";

import { runCommand } from "./frame/command";

/** `make rehearse`: every step of a stack's life, from the first preview to the check that nothing is left. */
runCommand((directories, interruption) => {
  const options = {
    stack: process.env.STACK || "dev",
    keep: isSet(process.env.KEEP),
    timeScale: Number(process.env.TIME_SCALE || 0),
    verbose: isSet(process.env.VERBOSE),
    report: process.env.REPORT || undefined,
  };
  return new Rehearsal(directories, options, interruption).run();
});

function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "no", "false"].includes(value);
}
