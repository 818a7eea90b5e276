import type { Dated } from "../../catalog/dated";
import { facts as catalog } from "../../catalog/facts";
import { facts as policies } from "../../policy-pack/facts";
import { facts as emulated } from "../../rehearsal/emulator/facts";

export interface Fact extends Dated {
  /** Which part of the repository holds it. The parts do not share their facts, so that one can prove another wrong. */
  of: string;
}

/** Every fact that ages, those to look at first at the top. */
export const facts: readonly Fact[] = [
  ...catalog.map((fact) => ({ ...fact, of: "program" })),
  ...policies.map((fact) => ({ ...fact, of: "policies" })),
  ...emulated.map((fact) => ({ ...fact, of: "emulated cloud" })),
];
