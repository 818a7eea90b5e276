import { nameOf, type State } from "../support/engine";

/** Creations that a killed command had begun: it is unknown whether they exist, and `destroy` would leave them. */
export function unknownCreationsIn({ pending }: State): string[] {
  return pending.filter(({ type }) => type === "creating").map(({ urn }) => urn);
}

export function howToResolve(stack: string, urns: string[]): string {
  return [
    `A killed command had begun to create what follows in stack "${stack}", so nothing was deleted:`,
    ...urns.map((urn) => `  ${nameOf(urn)} (${urn})`),
    "Pulumi does not know whether it is there, and would leave it behind. Look for it in Google Cloud, then tell Pulumi:",
    `  pulumi refresh --stack ${stack}`,
    "asks for each: its id where it is there, `clear` where it is not. Then again:",
    `  make teardown STACK=${stack}`,
  ].join("\n");
}
