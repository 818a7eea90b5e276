import { type Case, linesOf, refusing } from "./support/refused";

describe("the configuration of routing", () => {
  test.each<Case>([
    [
      "a scope for a region without a cluster",
      { scopes: [{ region: "us-west1", capacityPercent: 0 }] },
      'scopes[0].region: got "us-west1"; allowed: a region of a cluster with GPUs: europe-west3, us-east4',
    ],
    [
      "two scopes for one region",
      { scopes: [{ region: "us-east4" }, { region: "us-east4", preferred: true }] },
      'scopes[1].region: got "us-east4"; allowed: each region once: the first scope that fits is taken',
    ],
    [
      "a drained region without a cluster",
      { drained: ["us-west1"] },
      'drained[0]: got "us-west1"; allowed: a region of a cluster with GPUs: europe-west3, us-east4',
    ],
    [
      "all regions drained",
      { drained: ["us-east4", "europe-west3"] },
      'drained: got ["us-east4","europe-west3"]; allowed: at most all regions but one: one must stay undrained',
    ],
    [
      "a drained region that is preferred",
      { drained: ["us-east4"], scopes: [{ region: "us-east4", preferred: true }] },
      "scopes[0].preferred: got true; allowed: false while us-east4 is drained",
    ],
    [
      "a drained region with capacity",
      { drained: ["us-east4"], scopes: [{ region: "us-east4", capacityPercent: 50 }] },
      "scopes[0].capacityPercent: got 50; allowed: nothing while us-east4 is drained",
    ],
    [
      "a timeout below twice the P99 latency",
      { p99LatencySeconds: 60, timeoutSeconds: 119 },
      "timeoutSeconds: got 119; allowed: 120 to 3600: at least twice p99LatencySeconds (60)",
    ],
    [
      "a P99 latency that no timeout covers twice",
      { p99LatencySeconds: 1801 },
      "p99LatencySeconds: got 1801; allowed: at most 1800: the timeout is twice this and ends at 3600",
    ],
    [
      "a mix of balancing modes",
      { loadBalancing: { mode: "kv-cache", maxRatePerEndpoint: 5 } },
      "loadBalancing.maxRatePerEndpoint: unknown key; allowed: maxUtilization, dryRun, mode",
    ],
    [
      "a DNS name with a dot at its end",
      { privateDnsName: "llm.corp.internal." },
      'privateDnsName: got "llm.corp.internal."; allowed: a DNS name without a dot at its end such as llm.corp.internal: two labels or more of lower-case letters, digits and -, 63 characters each and 253 in all',
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
