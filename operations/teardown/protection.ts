import { nameOf, type State } from "../support/engine";

/** A protected resource, and what protects it. */
export interface Protection {
  urn: string;
  type: string;
  by: string[];
}

/** Protected resources of a stack, by its state: `destroy` follows the state, whatever the configuration says. */
export function protectionsIn({ resources }: State): Protection[] {
  return resources
    .map(({ urn, type, protect, outputs }) => ({
      urn,
      type,
      by: [
        ...(protect ? ["Pulumi's protect"] : []),
        ...(outputs?.deletionProtection === true ? ["Google Cloud's deletionProtection"] : []),
      ],
    }))
    .filter(({ by }) => by.length > 0);
}

/** @param project namespace of the program's configuration keys */
export function howToUnprotect(stack: string, project: string, protections: Protection[]): string {
  return [
    `Stack "${stack}" is protected, so nothing was deleted. Protected are:`,
    ...protections.map(({ urn, type, by }) => `  ${nameOf(urn)} (${type}): ${by.join(" and ")}`),
    "Two steps remove the protection, in this order:",
    `  pulumi config set ${project}:deletionProtection false --stack ${stack}`,
    `  pulumi up --stack ${stack}`,
    "The second removes it from Pulumi's state and turns the flag off in Google Cloud. Then run again:",
    `  make teardown STACK=${stack}`,
  ].join("\n");
}
