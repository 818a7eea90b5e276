import { PICKER_FLAGS, REFUSED_PICKER_FLAGS } from "../catalog/pickerFlags";

/**
 * What is allowed instead of this flag, with which the endpoint picker would not work as intended; undefined if the
 * flag is valid.
 */
export function pickerFlagProblem(flag: string, value: string): string | undefined {
  const bare = flag.replace(/^-+/, "");
  if (bare !== flag) return `the flag without dashes: ${bare}`;
  const type = PICKER_FLAGS.get(flag);
  if (type) return type.pattern.test(value) ? undefined : type.allowed;
  return (
    REFUSED_PICKER_FLAGS.get(flag) ?? `one of these flags: ${[...PICKER_FLAGS.keys()].join(", ")}`
  );
}
