import { type Problem, problemsOf } from "./problem";
import { found, keysAt, readable } from "./readable";
import { rules } from "./rules";
import { schema, type Settings } from "./schema";
import { TOKEN } from "./token";

/** Checks the keys of a stack, one by one and together: one error then lists every problem, each once. */
export function read(keys: Record<string, unknown>): {
  settings?: Settings;
  problems: Problem[];
} {
  const parsed = schema.safeParse(keys, { reportInput: true });
  const allowedAt = (path: PropertyKey[]) => [
    ...keysAt(schema, keys, path),
    // It is read as a secret.
    ...(path.length === 0 ? [TOKEN] : []),
  ];
  const single = parsed.error?.issues.flatMap((issue) => problemsOf(issue, allowedAt)) ?? [];
  const settings = readable(schema, keys) as Settings;
  const joined = rules.flatMap((rule) => found(() => rule(settings)));
  const problems = eachOnce(single, joined);
  return { settings: problems.length === 0 ? parsed.data : undefined, problems };
}

/** Each place has one problem of the schema, and none where a rule, which knows more, has one. */
function eachOnce(single: Problem[], joined: Problem[]): Problem[] {
  const placeOf = ({ path }: Problem) => JSON.stringify(path.map(String));
  const told = new Set(joined.map(placeOf));
  const last = new Map(single.map((problem) => [placeOf(problem), problem]));
  return [
    ...[...last].flatMap(([place, problem]) => (told.has(place) ? [] : [problem])),
    ...joined,
  ];
}
