import { refusal } from "../../../support/refusal";

/** What is wrong, a configuration that has it, and the problem or problems that are told. */
export type Case = [what: string, config: Record<string, unknown>, problems: unknown];

export const WEST = { region: "europe-west3" };
export const EAST = { region: "us-east4" };
/** Regions of which the catalog knows a zone with the GPU L4, as a problem lists them. */
export const L4_REGIONS =
  "asia-east1, asia-northeast1, asia-northeast3, asia-south1, asia-southeast1, europe-west1, europe-west2, " +
  "europe-west3, europe-west4, europe-west6, me-central2, northamerica-northeast1, northamerica-northeast2, " +
  "us-central1, us-east1, us-east4, us-west1, us-west4";

/** What the program says of a configuration, line by line. */
export function linesOf(config: Record<string, unknown>): string[] {
  return refusal(config).split("\n");
}

/**
 * The lines with which the program refuses a configuration.
 * @param problems one or a list; a text is without the program's name
 */
export function refusing(problems: unknown): unknown[] {
  const told = [problems].flat();
  const count = told.length === 1 ? "a problem" : `${told.length} problems`;
  return [
    `The configuration of stack dev has ${count}:`,
    ...told.map((problem) =>
      typeof problem === "string" ? `  inference-gateway:${problem}` : problem,
    ),
  ];
}
