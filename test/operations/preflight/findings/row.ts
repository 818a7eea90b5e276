import type { Finding } from "../../../../operations/preflight/finding";
import { DEPLOYER, PROJECT, type Situation } from "../project";

export const MEMBER = `serviceAccount:${DEPLOYER}`;
export const bucketOption = { weightsCache: { kind: "bucket", bucket: "model-weights" } };
export const SECRET = `projects/${PROJECT}/secrets/hugging-face`;
export const secretOption = { huggingFaceSecret: SECRET, huggingFaceToken: undefined };
export const json = (body: object) => ({ status: 200, body });
export const refusal = (status: number, message: string, reason?: string, metadata = {}) => ({
  status,
  body: { error: { code: status, message, details: reason ? [{ reason, metadata }] : [] } },
});
export const MISSING = refusal(404, "not found");
export const ok = (found: string): Finding => ({ status: "ok", found });
export const problem = (found: string, fix?: string): Finding => ({
  status: "problem",
  found,
  ...(fix !== undefined && { fix }),
});
export const warning = (found: string, fix?: string) => ({
  ...problem(found, fix),
  status: "warning",
});
export const unknown = (found: string, fix?: string) => ({
  ...problem(found, fix),
  status: "unknown",
});

export type Row = [title: string, check: string, situation: Situation, findings: unknown[]];

export const noBilling = refusal(
  403,
  `This API method requires billing to be enabled. Please enable billing on project #1 by visiting https://x.`,
  "BILLING_DISABLED",
);
export const link = `gcloud billing projects link ${PROJECT} --billing-account <account>`;
