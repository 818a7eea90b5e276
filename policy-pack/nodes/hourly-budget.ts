import { clusters, clustersAndNodePools } from "../fleet/cloudTypes";
import { fleetOf } from "../fleet/fleet";
import {
  costOptimization,
  type Finding,
  isOneOf,
  numberSetting,
  on,
  productionStacks,
  type SettingSchema,
  stackPolicy,
  violation,
} from "../frame";

import { type Cost, controlPlaneCost, nodeGroupCost, type Prices } from "./nodeCost";
import { lastingNodeGroupsIn } from "./nodeGroup";
import { MACHINE_PRICES, PRICES_DATED } from "./prices";

/** How many of the most expensive parts a message names. */
const NAMED = 3;

const usd = { type: "number", minimum: 0 } as const;

const pricesSetting: SettingSchema<Prices> = {
  type: "object",
  additionalProperties: {
    type: "object",
    properties: { onDemand: usd, spot: usd },
    required: ["onDemand", "spot"],
    additionalProperties: false,
  },
  default: {},
  description: "US dollars an hour by machine type, as onDemand and spot: own prices, more types.",
};

export const hourlyBudget = stackPolicy({
  name: "hourly-budget",
  description:
    "A stack's clusters and node pools cost no more than the hourly budget, even at their " +
    "largest.",
  severity: "high",
  framework: costOptimization,
  remediationSteps:
    "Lower the largest size of the pools that the message names, or set hourlyUsd " +
    "(productionHourlyUsd in production) to what the stack may cost, and prices to what you pay. " +
    "The sum counts control planes and node pools, but not pods of Autopilot clusters, nodes of " +
    "auto-provisioning, disks and traffic.",
  url: "https://cloud.google.com/compute/vm-instance-pricing",
  settings: {
    hourlyUsd: numberSetting({
      ...usd,
      default: 50,
      description: "US dollars that a stack may cost in an hour at its largest.",
    }),
    productionHourlyUsd: numberSetting({
      ...usd,
      default: 500,
      description: "The same for stacks that serve users.",
    }),
    productionStacks,
    prices: pricesSetting,
  },

  *judge(stack, { hourlyUsd, productionHourlyUsd, productionStacks: serving, prices }) {
    const own: Prices = prices;
    const known = { ...MACHINE_PRICES, ...own };
    const costs: Cost[] = [];
    for (const owner of stack.select(clustersAndNodePools)) {
      if (clusters.matches(owner)) {
        costs.push(controlPlaneCost(owner));
      }
      for (const group of lastingNodeGroupsIn(owner)) {
        const cost = nodeGroupCost(group, fleetOf(stack), known);
        if ("usd" in cost) {
          costs.push(cost);
        } else {
          yield cost;
        }
      }
    }
    const production = isOneOf(stack.name, serving);
    yield* budgetFindings(
      costs,
      production
        ? { setting: "productionHourlyUsd", most: productionHourlyUsd }
        : { setting: "hourlyUsd", most: hourlyUsd },
    );
  },
});

interface Budget {
  readonly setting: string;
  readonly most: number;
}

function* budgetFindings(costs: readonly Cost[], { setting, most }: Budget): Generator<Finding> {
  const sum = costs.reduce((total, cost) => total + cost.usd, 0);
  // Equal costs are ordered by name, because registrations come in any order.
  const ranked = [...costs]
    .sort((one, other) => other.usd - one.usd || (one.what < other.what ? -1 : 1))
    .slice(0, NAMED);
  const [dearest] = ranked;
  if (dearest !== undefined && sum > most) {
    const parts = ranked.map((cost) => `${cost.what} = ${cost.usd.toFixed(2)}`).join(", ");
    const problem =
      `the stack costs up to ${sum.toFixed(2)} $/h, more than its budget of ${most} $/h (the ` +
      `most expensive: ${parts}; highest list prices of any region, ${PRICES_DATED.asOf})`;
    const fix = `lower these sizes, or set ${setting} if it may cost that much`;
    yield on(dearest.resource, violation(dearest.at, problem, fix));
  }
}
