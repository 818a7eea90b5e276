import type { Policies } from "@pulumi/policy";

import { chartValues } from "./chart-values";
import { pickerFailOpen } from "./picker-fail-open";
import { pickerFitsNode } from "./picker-fits-node";
import { pickerHighlyAvailable } from "./picker-highly-available";
import { pickerMetricFitsServer } from "./picker-metric-fits-server";
import { pickerProbed } from "./picker-probed";
import { pickerReachable } from "./picker-reachable";
import { pickerRights } from "./picker-rights";
import { pickerServesPool } from "./picker-serves-pool";
import { pickerVersionRange } from "./picker-version-range";
import { poolVisible } from "./pool-visible";
import { prioritiesNeedFlowControl } from "./priorities-need-flow-control";

/** The endpoint picker of a pool, and the chart that installs it. */
export const picker: Policies = [
  chartValues,
  pickerFailOpen,
  pickerFitsNode,
  pickerHighlyAvailable,
  pickerMetricFitsServer,
  pickerProbed,
  pickerReachable,
  pickerRights,
  pickerServesPool,
  pickerVersionRange,
  poolVisible,
  prioritiesNeedFlowControl,
];
