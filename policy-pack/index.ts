import type { Policies } from "@pulumi/policy";

import { balancing } from "./balancing";
import { clusters } from "./clusters";
import { fleet } from "./fleet";
import { rememberInputs } from "./frame";
import { metrics } from "./metrics";
import { network } from "./network";
import { nodes } from "./nodes";
import { picker } from "./picker";
import { pods } from "./pods";
import { pools } from "./pools";

const subjects = [balancing, clusters, fleet, metrics, network, nodes, picker, pods, pools];

/** Every policy of the pack, by name: the engine prints what they say in this order. */
export const policies: Policies = [
  rememberInputs,
  ...subjects.flat().sort((one, other) => (one.name < other.name ? -1 : 1)),
];
