import type { Gateway } from "../gateway";

import { adapters } from "./adapters";
import type { Check, SkippedCheck } from "./check";
import { chat, completion } from "./completion";
import { models } from "./models";
import { objectives } from "./objectives";
import { picker } from "./picker";
import { malformed, unknownModel } from "./refusals";
import { stream } from "./stream";

/** What every address of a gateway is asked, in this order. */
export function checksOf(gateway: Gateway): (Check | SkippedCheck)[] {
  return [
    models(gateway),
    completion(gateway),
    stream(gateway),
    chat(gateway),
    ...adapters(gateway),
    unknownModel(gateway),
    malformed(gateway),
    picker(gateway),
    ...objectives(gateway),
  ];
}
