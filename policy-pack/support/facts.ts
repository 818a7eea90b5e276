import type { Dated } from "./dated";
import { PRICES_DATED } from "./nodes/prices";

/** Every fact of the policies that ages. */
export const facts: readonly Dated[] = [PRICES_DATED];
