/** Who calls, as policies name them: `serviceAccount:deployer@p.iam.gserviceaccount.com`. */
export type Caller = string;

/** The owner of every project: a caller of the emulated cloud's own API without a token. */
export const OWNER: Caller = "user:owner@example.com";
