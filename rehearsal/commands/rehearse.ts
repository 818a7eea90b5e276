import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";
import { Rehearsal } from "../scenarios/rehearsal/rehearsal";
import { StepFailed } from "../scenarios/rehearsal/steps";

/** `make rehearse`: exits 0 when every step passed, 1 with the failing step's own error, 130 when interrupted. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const rehearsal = new Rehearsal(places, {
    stack: process.env.STACK || "dev",
    keep: isSet(process.env.KEEP),
    timeScale: Number(process.env.TIME_SCALE || 0),
    verbose: isSet(process.env.VERBOSE),
  });
  let interrupts = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => rehearsal.interrupt(++interrupts));
  }
  try {
    await rehearsal.run();
  } catch (error) {
    process.exitCode = interrupts > 0 ? 130 : 1;
    console.error(
      await rehearsal.explain(
        error instanceof StepFailed ? error : new StepFailed("start", [], error),
      ),
    );
  } finally {
    await rehearsal.end();
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "no", "false"].includes(value);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
