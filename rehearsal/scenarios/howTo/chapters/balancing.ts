import { type KubeObject, refOf } from "../../../emulator/kube/objects";
import { timeoutOf, untilReported, untilTimeout, whySilent } from "../balancer";
import { refused } from "../expect";
import { grant, type Guide, projectNumber, WEST } from "../guide";
import type { Kubectl } from "../kubectl";
import { autoscalingMetric } from "../manifests/autoscalingMetric";
import {
  inFlight,
  inFlightCorrected,
  onMetrics,
  onMetricsCorrected,
  withTimeout,
} from "../manifests/backendPolicy";
import { POOL } from "../manifests/gateway";
import { untilReady } from "../pods";
import type { Show } from "../show";

import { corrected, REPLICAS } from "./modelServers";

/** It has the gauge that is balanced on. */
const SERVER = "vllm/vllm-openai:v0.18.1";
const WRITER = "roles/autoscaling.metricsWriter";

/** "Enable custom metrics reporting" and "Configure the load-balancing policy". */
export async function configureBalancing(guide: Guide, show: Show): Promise<void> {
  const { west, east } = guide.clusters;
  for (const kubectl of [west, east]) await kubectl.apply(autoscalingMetric);
  await west.apply(withTimeout);
  await show.demonstrate(8, async () => [await whySilent(guide, WEST, "vLLM")]);
  for (const kubectl of [west, east]) {
    await kubectl.apply(corrected(guide.release, SERVER));
    await untilReady(kubectl, POOL, REPLICAS);
  }
  await show.demonstrate(23, () => unwritableMetric(guide));
  await show.demonstrate(4, () => lostTimeout(guide));
  await show.demonstrate(3, () => unknownField(west, inFlight, inFlightCorrected));
  await show.demonstrate(2, () => unknownField(west, onMetrics, onMetricsCorrected));
}

/** The nodes' identity must not write the metric until it gets the role. */
async function unwritableMetric(guide: Guide): Promise<string[]> {
  const number = await projectNumber(guide);
  const reason = await whySilent(guide, WEST, WRITER);
  await grant(guide, WRITER, `serviceAccount:${number}-compute@developer.gserviceaccount.com`);
  await untilReported(guide);
  return [reason.replaceAll(number, "NUMBER")];
}

/** The how-to's second sample has the name of the first, and takes its place. */
async function lostTimeout(guide: Guide): Promise<string[]> {
  const first = await untilTimeout(guide, "100");
  await guide.clusters.west.apply(onMetricsCorrected);
  const second = await untilTimeout(guide, "unset");
  return [
    `after the first sample, ${first.policy?.name}: timeout ${timeoutOf(first)}`,
    `after the second, ${second.policy?.name}: timeout ${timeoutOf(second)}`,
  ];
}

/** As kubectl sends it, and as a client that does not ask for validation. */
async function unknownField(
  kubectl: Kubectl,
  written: KubeObject,
  corrected: KubeObject,
): Promise<string[]> {
  await kubectl.delete(written);
  const said = await refused(kubectl.apply(written));
  await kubectl.apply(written, { validation: "none" });
  const stored = await kubectl.client.get({ ...refOf(written), namespace: "default" });
  const { default: kept } = stored.spec as { default: object };
  await kubectl.apply(corrected);
  return [
    `kubectl: ${said}`,
    `a client without validation: accepted, and kept is ${JSON.stringify(kept)}`,
  ];
}
