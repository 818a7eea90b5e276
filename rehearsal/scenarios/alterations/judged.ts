/** One violation as the engine prints it. */
export interface Judged {
  policy: string;
  level: string;
  /** The resource's name; the stack's own where it is about the stack. */
  resource: string;
  /** Without the policy's description. */
  message: string;
}

/**
 *     - [mandatory] [severity: high]  pool-exported  (kubernetes:...:InferencePool: gke-east-pool)
 *       <description>
 *       <message>
 */
const VIOLATION =
  /^ +- \[(\w+)\](?: +\[severity: \w+\])? +(\S+) +\(.*: ([^()]+)\)\n +.+\n +(.+)$/gm;

/** The violations in what a `pulumi` command printed. */
export function judgedIn(output: string): Judged[] {
  return [...output.matchAll(VIOLATION)].map(
    ([, level = "", policy = "", resource = "", message = ""]) => {
      return { policy, level, resource, message };
    },
  );
}
