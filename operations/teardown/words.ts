import type { Refusal } from "./refusal";

/** What the command waits for, one line each. */
export function waiting({ feature, leftovers }: Refusal, next: string): string[] {
  return [
    ...(feature
      ? [
          `Google refuses to delete the feature for some minutes after the Gateway is deleted; ${next}`,
        ]
      : []),
    ...leftovers.map(
      ({ what, keeps }) => `GKE has not collected ${what} yet, which keeps ${keeps}; ${next}`,
    ),
  ];
}

/** The problem, who can fix it and how, after the limit. */
export function stillRefused({ feature, leftovers }: Refusal, limitMinutes: number): string[] {
  return [
    ...(feature
      ? [
          `Google still refuses to delete the feature after ${limitMinutes} minutes.`,
          "Another Gateway of a multi-cluster class, in any cluster of the fleet, may still use it:",
          "  kubectl get gateways --all-namespaces",
        ]
      : []),
    ...leftovers.flatMap(({ what, keeps, role, command, list }) => [
      `GKE made ${what} and has not collected it in ${limitMinutes} minutes, so it keeps ${keeps}; ` +
        `an account with ${role} can delete it:`,
      `  ${command}`,
      "Google names one at a time; there may be more:",
      `  ${list}`,
    ]),
  ];
}
