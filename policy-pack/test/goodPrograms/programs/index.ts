import type { Registered } from "../../support/policies";

import { clusters } from "./clusters";
import { engines } from "./engines";
import { gateways } from "./gateways";
import { halves } from "./halves";
import { hidden } from "./hidden";
import { networks } from "./networks";
import { patches } from "./patches";

/** Programs of others that Google, Kubernetes and the model servers take, with their titles. */
export const programs: readonly (readonly [title: string, resources: readonly Registered[]])[] = [
  ...engines,
  ...clusters,
  ...networks,
  ...gateways,
  ...hidden,
  ...halves,
  ...patches,
];
