import { changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

/** A program with one input of some of its resources changed; taken away without a value. */
export function edited(
  program: readonly Registered[],
  which: string | RegExp,
  path: string,
  value?: unknown,
): Registered[] {
  found(program, which);
  return program.map((each) => (isMeant(each, which) ? changed(each, path, value) : each));
}

/** A program without some of its resources. */
export function without(program: readonly Registered[], ...which: (string | RegExp)[]) {
  which.forEach((each) => found(program, each));
  return program.filter((resource) => !which.some((each) => isMeant(resource, each)));
}

/** The resource of a program by its name, or by a part of its type. */
export function found(program: readonly Registered[], which: string | RegExp): Registered {
  const resource = program.find((each) => isMeant(each, which));
  if (resource === undefined) throw new Error(`the program has no ${which}`);
  return resource;
}

function isMeant({ type, name }: Registered, which: string | RegExp): boolean {
  return typeof which === "string" ? name === which : which.test(`${type}::${name}`);
}
