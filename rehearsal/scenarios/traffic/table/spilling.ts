import type { ObjectRef } from "../../../emulator/kube/objects";
import type { Traffic } from "../../../emulator/loadBalancer/traffic";
import { BACKEND_POLICY, NAMESPACE } from "../hands";
import type { Scenario } from "../scenario";
import { EAST, PLACES, WEST } from "../site";
import { membersOf } from "../watch";

import { howToMetric, howToPolicy } from "./howTo";

const METRIC: ObjectRef = {
  apiVersion: "autoscaling.gke.io/v1beta1",
  kind: "AutoscalingMetric",
  namespace: NAMESPACE,
  name: "kv-cache",
};

/** As in the stack file. */
const TARGET_PERCENT = 60;
/** What a target may be missed by. */
const TOLERANCE_PERCENT = 5;
/** Until the balancer has learned how many requests the target means. */
const SETTLING_SECONDS = 24;

/** Requests in flight that a server may have in the mode IN_FLIGHT. */
const MOST = 16;

/** More than a server of the near region bears at its target: 28.8 requests at a time, of a second each. */
const TOO_MUCH = { from: WEST, requestsPerSecond: 48 };

export const spilling: readonly Scenario[] = [
  {
    name: "steadyStaysHome",
    targetPercent: TARGET_PERCENT,
    title: "Requests that a region can bear stay in it",
    run: async (site, findings) => {
      const load = { requestsPerSecond: 5, seconds: 10 };
      const seen = await site.under(PLACES.map((from) => ({ from, ...load })));
      findings.equal("failed requests", seen.failed.length, 0);
      for (const { region } of PLACES) {
        const stayed = seen.of(region).sharePercent(region);
        findings.equal(`answered in ${region}, of its own requests`, stayed, 100, "%");
      }
      return seen;
    },
  },
  {
    name: "fullCacheSpills",
    targetPercent: TARGET_PERCENT,
    title: "A region whose KV cache reaches the target passes the rest to the next region",
    run: async (site, findings) => {
      const seen = await site.under([{ ...TOO_MUCH, seconds: 44 }]);
      const settled = seen.between(SETTLING_SECONDS, 44);
      const bounds = [TARGET_PERCENT - TOLERANCE_PERCENT, TARGET_PERCENT + TOLERANCE_PERCENT];
      findings.equal("failed requests", seen.failed.length, 0);
      findings.within(
        `KV cache of ${WEST.region} in use, mean after ${SETTLING_SECONDS} s`,
        settled.meanUtilization(WEST.region),
        bounds as [number, number],
        "%",
      );
      findings.within(
        `answered in ${EAST.region}`,
        settled.sharePercent(EAST.region),
        [20, 60],
        "%",
      );
      return seen;
    },
  },
  {
    name: "inFlightSpills",
    title: "IN_FLIGHT: long requests spill over when each server has its number of them",
    settings: {
      loadBalancing: {
        mode: "in-flight",
        maxUtilization: null,
        maxInFlightRequestsPerEndpoint: MOST,
      },
    },
    run: async (site, findings) => {
      // Two seconds each: 28 at a time.
      const seen = await site.under([
        { from: WEST, requestsPerSecond: 14, seconds: 20, tokens: 96 },
      ]);
      const settled = seen.between(10, 20);
      findings.equal("failed requests", seen.failed.length, 0);
      findings.within(
        `in flight in ${WEST.region}, mean after 10 s`,
        settled.meanInFlight(WEST.region),
        [MOST * 0.75, MOST * 1.25],
      );
      findings.within(
        `answered in ${EAST.region}`,
        settled.sharePercent(EAST.region),
        [25, 60],
        "%",
      );
      return seen;
    },
  },
  {
    name: "howToNeverSpills",
    title: "The how-to's own metric and policy, in place of ours: nothing spills over",
    run: async (site, findings) => {
      const { hands } = site;
      const undo = [
        await hands.change(WEST.cluster, BACKEND_POLICY, howToPolicy),
        ...(await Promise.all(PLACES.map(({ cluster }) => hands.remove(cluster, METRIC)))),
      ];
      try {
        for (const { cluster } of PLACES) {
          const refusal = await hands.refusal(cluster, howToMetric);
          findings.says(`the how-to's AutoscalingMetric in ${cluster}`, refusal, /unknown field/);
        }
        await site.until("a balancer without a signal", noSignal);
        const seen = await site.under([{ ...TOO_MUCH, seconds: 12 }]);
        findings.equal(`answered in ${WEST.region}`, seen.sharePercent(WEST.region), 100, "%");
        return seen;
      } finally {
        for (const each of undo) await each();
      }
    },
  },
];

function noSignal(traffic: Traffic): boolean {
  return membersOf(traffic).every(({ gauges }) =>
    gauges.every(({ utilizationPercent }) => utilizationPercent === undefined),
  );
}
