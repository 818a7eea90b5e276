import type { Dated } from "./dated";
import { PRICES_DATED } from "./prices";

/** Every fact of the catalog that ages. */
export const facts: readonly Dated[] = [PRICES_DATED];
