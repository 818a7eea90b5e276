import type { Dated } from "../frame";

export const PICKER_RELEASES_DATED: Dated = {
  title: "Defects of old endpoint pickers and their charts, and where newer ones are",
  source: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/releases",
  asOf: "2026-08-10",
  goodForMonths: 6,
};

/** Defects by the first release without them, oldest first. */
export const DEFECTS: readonly (readonly [before: string, defect: string])[] = [
  ["1.2.0", 'its chart passes "--tracing" "false", at which it stops reading its arguments'],
  ["1.3.0", "it reads the KV cache by the name that vLLM had for it before 0.10.2"],
  ["1.4.0", "its chart sets no failureMode, so requests get an error while it restarts"],
];

/** The oldest release without any of these defects. */
export const SOUND = "1.4.0";

/** First release without endpoint picker and chart. */
export const MOVED = "1.6.0";
export const MOVED_AWAY =
  "from 1.6.0 on there is neither endpoint picker nor chart: both moved to llm-d";
