/** Of clusters and node pools. Half an hour has orphaned regional clusters whose creation took longer. */
const TIMEOUT = "60m";

export const customTimeouts = { create: TIMEOUT, update: TIMEOUT, delete: TIMEOUT };
