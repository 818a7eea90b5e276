import type { Value } from "../frame";

/**
 * Seconds before a Spot node stops, which GKE gives to pods and, for the last part, to system pods.
 */
const STANDARD_SHUTDOWN = 30;
const STANDARD_CRITICAL = 15;
/** The most that GKE allows. */
const LONGEST_SHUTDOWN = 120;

/** Seconds that a pod gets by default. */
export const STANDARD_NOTICE = STANDARD_SHUTDOWN - STANDARD_CRITICAL;

/** Seconds that a pod gets on a Spot node of this configuration; the maximum if not known. */
export function noticeIn(config: Value): number {
  const kubelet = config.at("kubeletConfig");
  const total = kubelet.at("shutdownGracePeriodSeconds");
  const critical = kubelet.at("shutdownGracePeriodCriticalPodsSeconds");
  const seconds = total.number ?? (total.unknown ? LONGEST_SHUTDOWN : STANDARD_SHUTDOWN);
  const reserved = critical.number ?? (critical.unknown ? 0 : STANDARD_CRITICAL);
  return Math.max(0, seconds - reserved);
}

/** How long preStop sleeps before the pod stops: by `sleep`, or by a command that calls it. */
export function sleepIn(preStop: Value): { readonly at: Value; readonly seconds: number } {
  const sleep = preStop.at("sleep", "seconds");
  if (!sleep.absent) {
    return { at: sleep, seconds: sleep.number ?? 0 };
  }
  const command = preStop.at("exec", "command");
  const words = (command.items ?? []).map((word) => word.text ?? "").join(" ");
  return { at: command, seconds: Number(/\bsleep (\d+)/.exec(words)?.[1] ?? 0) };
}
