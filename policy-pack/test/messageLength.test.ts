import { messageOf, Value, violation } from "../frame";

import { program } from "./goodPrograms/program";
import { type Registered, runPolicies } from "./support/policies";

/** Most characters of a message, without the description above it. */
const LONGEST = 1000;

const NAMES = 3000;
const LONG = "x".repeat(200);

test("a message is short, whatever it names", () => {
  const names = Array.from({ length: NAMES }, (_, i) => `name-${i}`);
  const at = new Value([LONG, ...names], undefined);
  const [commas, ands, sums] = [", ", " and ", " + "].map((by) => names.join(by));
  const problem = `lacks ${commas}, which ${ands} need (${sums}), ${LONG}${LONG}`;
  const finding = violation(at, problem, `name one of these: ${commas}`);
  expect(messageOf(finding).length).toBeLessThan(LONGEST);
  expect(messageOf(finding)).toMatch(
    /: lacks name-0, name-1, name-2, name-3, name-4 and 2996 more .*; name one of these: name-0, name-1, name-2, name-3, name-4 and 2995 more$/,
  );
});

test("a message that fits is left as it is", () => {
  const at = new Value(["spec", "rules", 0], undefined);
  const problem = "needs a, b, c, d, e, f, g, h, i, j, k, l, m, n and o";
  expect(messageOf(violation(at, problem, "add them"))).toBe(`spec.rules[0]: ${problem}; add them`);
});

/**
 * Copies of each resource, of long names, each with its references broken in another way; some lack
 * what others refer to.
 */
function crowd(): readonly Registered[] {
  const whole = program();
  const copies = Math.ceil(NAMES / whole.length);
  return Array.from({ length: copies }, (_, i) => i).flatMap((i) => {
    return whole.flatMap((each, at) => {
      if (i > 0 && (i + at) % 5 === 0) return [];
      const named = JSON.stringify(each.inputs).replaceAll(
        /"(llama|chat|front|cache|ams|ord|llama-picker|gpu-nodes|backbone)"/g,
        (_match, name: string) => `"${name}${(i + at) % 3 === 0 ? "" : `-${i}`}${LONG}"`,
      );
      const isProvider = each.type.startsWith("pulumi:");
      const name = isProvider ? each.name : `${each.name}-${i}-${LONG}`;
      return { ...each, name, inputs: JSON.parse(named) as object };
    });
  });
}

test("no policy says more of thousands of names than fits", async () => {
  const found = await runPolicies(crowd(), { firstPreview: true });
  expect(new Set(found.map(({ policy }) => policy)).size).toBeGreaterThan(15);
  const long = found.filter(({ message }) => message.length > LONGEST);
  expect(long.map(({ policy, message }) => [policy, message.length])).toEqual([]);
  for (const { message } of found) {
    expect(message).toMatch(/^.+: .+; .+$/s);
  }
});
