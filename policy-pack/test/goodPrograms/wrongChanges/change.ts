import type { Registered } from "../../support/policies";
import { programs } from "../programs";

/** A finding: policy, resource, message. */
export type Wanted = readonly [policy: string, resource: string, message: string];

/** A good program, by its title. */
export function good(title: string): readonly Registered[] {
  const [, resources] = programs.find(([each]) => each === title) ?? [];
  if (resources === undefined) throw new Error(`no program is called ${title}`);
  return resources;
}

/** A good program with the smallest change that makes it wrong, and all that is then refused. */
export type WrongChange = readonly [
  title: string,
  resources: readonly Registered[],
  wanted: readonly Wanted[],
];
