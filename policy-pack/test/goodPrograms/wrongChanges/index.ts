import { fleet } from "./fleet";
import { gateways } from "./gateways";
import { grants } from "./grants";
import { halves } from "./halves";
import { networks } from "./networks";
import { patches } from "./patches";
import { serving } from "./serving";

/** By subject. */
export const wrongChanges = [
  ...serving,
  ...networks,
  ...gateways,
  ...grants,
  ...fleet,
  ...patches,
  ...halves,
];
