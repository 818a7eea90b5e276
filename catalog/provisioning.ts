/** How Google sells the nodes of a pool. */
export const PROVISIONINGS = [
  /** Kept until it is given back, at the full price. */
  "on-demand",
  /** Cheaper; Google may reclaim it at any time with 25 to 30 s notice. */
  "spot",
  /** Cheaper, given when there is room, for seven days at most. */
  "flex-start",
  /** Taken from a reservation that exists. */
  "reservation",
] as const;

export type Provisioning = (typeof PROVISIONINGS)[number];

/** Longest life of a flex-start node: seven days. Source: "About flex-start" of GKE's documentation, 2026-08. */
export const FLEX_START_SECONDS = 7 * 24 * 3600;
