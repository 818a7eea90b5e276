import { until } from "../../../toolchain/until";
import { saidOfState } from "../../alterations/state";
import { backendPolicy } from "../../alterations/table/resources";
import { BACKEND_POLICY } from "../hands";
import type { Scenario } from "../scenario";
import { type Site, WEST } from "../site";

/** At 100 ms for the first token and 20 ms for each other one: half a second. */
const HALF_A_SECOND = 21;
/** Two seconds. */
const LONG = 96;

export const limits: readonly Scenario[] = [
  {
    name: "overhead",
    title: "What the gateway adds to answers of half a second",
    run: async (site, findings) => {
      const load = { from: WEST, requestsPerSecond: 10, seconds: 12, tokens: HALF_A_SECOND };
      const seen = await site.under([
        { ...load, name: "gateway" },
        { ...load, name: "pod", direct: true },
      ]);
      const [through, direct] = [seen.of("gateway"), seen.of("pod")].map((each) =>
        each.latency(""),
      );
      findings.equal("failed requests", seen.failed.length, 0);
      for (const percentile of ["p50", "p99"] as const) {
        const [slow, fast] = [through?.[percentile] ?? NaN, direct?.[percentile] ?? NaN];
        findings.note(`${percentile} through the gateway`, slow * 1000, "ms");
        findings.note(`${percentile} of the pod itself`, fast * 1000, "ms");
        findings.note(`${percentile}, ratio`, slow / fast);
      }
      return seen;
    },
  },
  {
    name: "timeoutTooShort",
    title: "A timeout shorter than the slowest answers cuts them off, and a policy says so before",
    run: async (site, findings) => {
      findings.says("the policy pack", await judgedShort(site), /^timeout-covers-p99: /);
      const undo = await site.hands.change(WEST.cluster, BACKEND_POLICY, (policy) => {
        const spec = policy.spec as { default: object };
        return { ...policy, spec: { ...spec, default: { ...spec.default, timeoutSec: 1 } } };
      });
      try {
        await until("the short timeout in the load balancer", 30, async () => {
          return (await site.ask(WEST, { tokens: LONG })).status === 504;
        });
        const load = { from: WEST, requestsPerSecond: 4, seconds: 8 };
        // Half a second, and two.
        const seen = await site.under([
          { ...load, name: "short answers", tokens: HALF_A_SECOND },
          { ...load, name: "long answers", tokens: LONG },
        ]);
        const long = seen.of("long answers");
        findings.equal("short answers that failed", seen.of("short answers").failed.length, 0);
        findings.equal("long answers", long.answers.length, 32);
        findings.equal("of them 504", long.failures["504"], 32);
        return seen;
      } finally {
        await undo();
      }
    },
  },
];

async function judgedShort({ sandbox }: Site): Promise<string> {
  const edit = { at: backendPolicy, set: "spec.default.timeoutSec", to: 1 };
  const said = await saidOfState(sandbox.environment, [edit]);
  return said.map(({ policy, message }) => `${policy}: ${message}`).join("\n");
}
