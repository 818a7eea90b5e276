import * as fs from "node:fs";

import { z } from "zod";

/** A rehearsal, as `make rehearse REPORT=<file>` records it. */
const recorded = z.strictObject({
  /** Name of the stack. */
  stack: z.string().min(1),
  /** Processors of the machine. */
  cores: z.int().positive(),
  /** Most memory of all its processes at one moment, in GiB. */
  peakMemoryGib: z.number().positive(),
  /** In the order in which they ran. */
  steps: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        seconds: z.number().nonnegative(),
        /** Its result. */
        note: z.string(),
      }),
    )
    .min(1),
});

export type Recorded = z.infer<typeof recorded>;

/** @throws Error that names the file and all that is wrong with it */
export function readRecorded(file: string): Recorded {
  const result = recorded.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${path.join(".")}: ${message}`,
  );
  throw new Error([`${file} is not a recorded rehearsal:`, ...problems].join("\n"));
}
