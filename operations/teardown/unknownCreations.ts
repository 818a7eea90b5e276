import { nameOf, type State } from "../support/engine";

/** Creations that a killed command had begun: whether they exist is unknown, and `destroy` would leave them. */
export function unknownCreationsIn({ pending }: State): string[] {
  return pending.filter(({ type }) => type === "creating").map(({ urn }) => urn);
}

export function howToResolve(stack: string, urns: string[]): string {
  return [
    `A killed command had begun to create these resources of stack "${stack}", so nothing was deleted:`,
    ...urns.map((urn) => `  ${nameOf(urn)} (${urn})`),
    "Pulumi does not know whether they exist, and would leave them behind. Look for them in Google Cloud, then run:",
    `  pulumi refresh --stack ${stack}`,
    "It asks about each: enter the id if it exists, `clear` if it does not. Then run again:",
    `  make teardown STACK=${stack}`,
  ].join("\n");
}
