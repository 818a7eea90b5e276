/** Timeout of clusters and node pools: 30 minutes orphaned regional clusters whose creation took longer. */
const TIMEOUT = "60m";

export const customTimeouts = { create: TIMEOUT, update: TIMEOUT, delete: TIMEOUT };
