import type { Dated } from "./dated";
import { CHANNEL_DEFAULTS_DATED } from "./fleet/gkeVersion";
import { PRICES_DATED } from "./nodes/prices";

/** Every fact of the policies that ages. */
export const facts: readonly Dated[] = [CHANNEL_DEFAULTS_DATED, PRICES_DATED];
