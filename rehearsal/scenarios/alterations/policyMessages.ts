import type { PolicyMessage } from "./alteration";

/**
 *     - [mandatory] [severity: high]  pool-exported  (kubernetes:...:InferencePool: gke-east-pool)
 *       <description>
 *       <message>
 */
const VIOLATION =
  /^ +- \[(\w+)\](?: +\[severity: \w+\])? +(\S+) +\(.*: ([^()]+)\)\n +.+\n +(.+)$/gm;

/** The messages of policies in what a `pulumi` command printed. */
export function policyMessagesIn(output: string): PolicyMessage[] {
  return [...output.matchAll(VIOLATION)].map(
    ([, level = "", policy = "", resource = "", message = ""]) => {
      return { policy, level, resource, message };
    },
  );
}
