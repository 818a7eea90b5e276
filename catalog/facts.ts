import type { Dated } from "./dated";
import { CHANNEL_DEFAULTS_DATED } from "./gkeVersion";
import { PRICES_DATED } from "./prices";

/** Every fact of the catalog that ages. */
export const facts: readonly Dated[] = [CHANNEL_DEFAULTS_DATED, PRICES_DATED];
