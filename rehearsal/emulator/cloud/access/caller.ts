/** Who calls, as policies name them: `serviceAccount:deployer@p.iam.gserviceaccount.com`. */
export type Caller = string;

/** The owner of every project: whoever turns the emulated cloud's own knobs without a token. */
export const OWNER: Caller = "user:owner@example.com";
