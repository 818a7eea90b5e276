import { PICKER_FLAGS, REFUSED_PICKER_FLAGS } from "../catalog/pickerFlags";

/** What is allowed in place of a flag that would keep the endpoint picker from starting as meant; undefined for a good one. */
export function pickerFlagProblem(flag: string, value: string): string | undefined {
  const bare = flag.replace(/^-+/, "");
  if (bare !== flag) return `the flag without dashes: ${bare}`;
  const type = PICKER_FLAGS.get(flag);
  if (type) return type.pattern.test(value) ? undefined : type.allowed;
  return (
    REFUSED_PICKER_FLAGS.get(flag) ??
    `no such flag; there are ${[...PICKER_FLAGS.keys()].join(", ")}`
  );
}
