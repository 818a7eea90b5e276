import { UNKNOWN } from "../support/unknown";
import { loadBalancerFirewall } from "../../network/load-balancer-firewall";
import { fleetStack, fleetWith, part, partWith, providerId } from "../fixtures/gatewayNetwork";
import { picker as anyPicker } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, vpc } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const FIREWALL = "gcp:compute/firewall:Firewall";
const VPC = "gcp:compute/network:Network::vpc";
const CHECKERS = ["35.191.0.0/16", "130.211.0.0/22"];
const PROXIES = ["10.9.0.0/23", "10.9.2.0/26"];
const ARGS = "spec.template.spec.containers.0.args";

async function findings(resources: readonly Registered[], firstPreview = true) {
  const policies = [loadBalancerFirewall];
  const violations = await runPolicies(resources, { policies, firstPreview });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

function firewall(name: string, sourceRanges: unknown, ...ports: unknown[]): Registered {
  return {
    type: FIREWALL,
    name,
    inputs: { network: UNKNOWN, sourceRanges, allows: [{ protocol: "tcp", ports }] },
    propertyDependencies: { network: [VPC] },
  };
}

const rule = firewall("rule", [...CHECKERS, ...PROXIES], "8000", "9002", "9003");
const picker: Registered = { ...anyPicker, provider: providerId("west") };
const stack = fleetWith(picker, rule);
const having = (...others: Registered[]) => fleetWith(picker, ...others);
const ruleWith = (path: string, value?: unknown) => having(changed(rule, path, value));
const withSources = (...sources: unknown[]) => ruleWith("sourceRanges", sources);
const withPorts = (...ports: unknown[]) => ruleWith("allows.0.ports", ports);

const lacksSource = (source: string, who: string) =>
  `sourceRanges: lacks ${source}, which ${who} come from; add it`;
const lacksChecker = (source: string) => lacksSource(source, "health checks");
const lacksPort = (port: number | string, what: string, ...sources: string[]) =>
  `allows: lacks TCP ${port}, the port of ${what}, for ${sources.join(", ")}; add it`;
const forAll = (given: string) =>
  `sourceRanges: ${given}, so any client in the network reaches the model servers without the ` +
  `gateway; list the load balancer's alone: ${[...CHECKERS, ...PROXIES].join(", ")}`;
const noHealth = lacksPort(9003, "endpoint pickers' health", ...CHECKERS);
const noPicker = lacksPort(9002, "endpoint pickers", ...PROXIES);
const noServer = lacksPort(8000, "model servers", ...CHECKERS, ...PROXIES);

const otherVpc: Registered = { ...vpc, name: "other" };
const elsewhere = {
  ...changed(rule, "sourceRanges", [CHECKERS[0]]),
  propertyDependencies: { network: ["gcp:compute/network:Network::other"] },
};

test.each<[string, readonly Registered[]]>([
  ["one rule for all", stack],
  [
    "a rule for each sender",
    having(
      firewall("checks", CHECKERS, "8000", "9003"),
      firewall("proxies", PROXIES, "8000", "9002"),
    ),
  ],
  [
    "a rule for each port",
    having(
      ...["8000", "9002", "9003"].map((port) => {
        return firewall(`port-${port}`, [...CHECKERS, ...PROXIES], port);
      }),
    ),
  ],
  [
    "larger ranges of ports and addresses",
    having(
      firewall("checks", CHECKERS, "8000-9003"),
      firewall("inside", ["10.0.0.0/8"], "1-65535"),
      firewall("own", [PROXIES[0]], "8000"),
    ),
  ],
  ["all ports", having(firewall("all", [...CHECKERS, ...PROXIES]))],
  ["every protocol by its number", ruleWith("allows", [{ protocol: "all" }])],
  [
    "TCP by its number, ports as numbers",
    ruleWith("allows", [{ protocol: "icmp" }, { protocol: "6", ports: [8000, 9002, 9003] }]),
  ],
  ["no rule, which GKE makes itself", fleetWith(picker)],
  ["a rule for other ports", having(firewall("web", [CHECKERS[0]], "80", "443"))],
  ["a rule for other senders", having(firewall("ssh", ["35.235.240.0/20"], "22", "8000"))],
  ["a rule that is off", having({ ...rule, inputs: { ...withOut(), disabled: true } })],
  ["a rule for what goes out", having({ ...rule, inputs: { ...withOut(), direction: "EGRESS" } })],
  [
    "a rule that denies",
    having({ ...rule, inputs: { network: UNKNOWN, denies: [{ protocol: "all" }] } }),
  ],
  ["a rule of another VPC", [otherVpc, ...having(elsewhere)]],
  ["a rule of a network that cannot be told", having({ ...elsewhere, propertyDependencies: {} })],
  ["rules without GKE resources", [vpc, rule, picker, part("InferencePool", "west-pool")]],
  ["rules without pools", [vpc, changed(rule, "sourceRanges", [CHECKERS[0]])]],
  [
    "a picker whose ports are not known yet",
    having(firewall("rule", [...CHECKERS, ...PROXIES], "8000"), changed(picker, ARGS, UNKNOWN)),
  ],
  [
    "proxies of regions without an address",
    having(
      firewall("rule", [...CHECKERS, PROXIES[0]], "8000", "9002", "9003"),
      partWith("Subnetwork", "proxies-us", "region", "us-west1"),
    ),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

/** Inputs of the rule with one sender only. */
function withOut(): object {
  return changed(rule, "sourceRanges", [CHECKERS[0]]).inputs;
}

test.each<[string, readonly Registered[], ...string[]]>([
  [
    "a health checker left out",
    withSources(CHECKERS[0], ...PROXIES),
    lacksChecker("130.211.0.0/22"),
  ],
  [
    "a part of a health checker",
    withSources("35.191.0.0/17", CHECKERS[1], ...PROXIES),
    lacksChecker("35.191.0.0/16"),
  ],
  [
    "both health checkers left out",
    withSources(...PROXIES),
    ...CHECKERS.map((checker) => lacksChecker(checker)),
  ],
  [
    "proxies left out",
    withSources(...CHECKERS, PROXIES[0]),
    lacksSource("10.9.2.0/26", "the gateway's proxies in us-east4"),
  ],
  ["a server's port left out", withPorts("9002", "9003"), noServer],
  ["a picker's port left out", withPorts("8000", "9003"), noPicker],
  ["the port of a picker's health left out", withPorts("8000", "9002"), noHealth],
  ["another protocol", ruleWith("allows.0.protocol", "udp"), noHealth, noServer, noPicker],
  ["an empty list of what is let in", ruleWith("allows", []), noHealth, noServer, noPicker],
  ["no protocol", ruleWith("allows.0.protocol"), noHealth, noServer, noPicker],
  ["no sources", ruleWith("sourceRanges"), forAll("is not set")],
  ["no sources listed", withSources(), forAll("is []")],
  ["every address", withSources("0.0.0.0/0"), forAll('is ["0.0.0.0/0"]')],
])("fails %s", async (_, resources, ...messages) => {
  const expected = messages.map((message) => ["mandatory", "rule", message]);
  const byText = (one: readonly unknown[], other: readonly unknown[]) =>
    String(one[2]) < String(other[2]) ? -1 : 1;
  for (const found of [await findings(resources), await findings(resources.map(asGenerated))]) {
    expect(found.sort(byText)).toEqual(expected.sort(byText));
  }
});

test("takes the ports that pools and pickers have", async () => {
  const ports = ["--grpc-port", "9100", "--grpc-health-port=9101"];
  const other = changed(picker, ARGS, ports);
  const found = await findings(having(other, rule));
  expect(found.map(([, , message]) => message)).toEqual([
    lacksPort(9101, "endpoint pickers' health", ...CHECKERS),
    lacksPort(9100, "endpoint pickers", ...PROXIES),
  ]);
  const ports8 = [{ number: 8000 }, { number: 8001 }, { number: 8002 }];
  const pool = partWith("InferencePool", "east-pool", "spec.targetPorts", ports8);
  expect(await findings(having(pool, rule))).toEqual([
    ["mandatory", "rule", lacksPort("8001, 8002", "model servers", ...CHECKERS, ...PROXIES)],
  ]);
});

test("says where a port is missing among several rules", async () => {
  const checks = firewall("checks", CHECKERS, "8000");
  const proxies = firewall("proxies", PROXIES, "8000", "9002");
  expect(await findings(having(checks, proxies))).toEqual([["mandatory", "checks", noHealth]]);
});

test("judges a running stack", async () => {
  const known = stack.map((each) => {
    return "network" in each.inputs
      ? changed(each, "network", "projects/p/global/networks/vpc")
      : each;
  });
  expect(await findings(known, false)).toEqual([]);
  const gap = known.map((each) =>
    each === known.at(-1) ? changed(each, "sourceRanges", PROXIES) : each,
  );
  expect(await findings(gap, false)).toHaveLength(2);
});

test.each<[string, readonly Registered[], string]>([
  ["a source", withSources(...CHECKERS, PROXIES[0], UNKNOWN), "sourceRanges[3]"],
  ["a port", withPorts("8000", "9002", UNKNOWN), "allows[0].ports[2]"],
  ["a protocol", ruleWith("allows.0.protocol", UNKNOWN), "allows[0].protocol"],
])("advises where %s is not known yet", async (_, resources, place) => {
  expect(await findings(resources)).toEqual([["advisory", "rule", pending(place)]]);
});

test("passes what is not known yet where nothing is missing", async () => {
  expect(await findings(withSources(...CHECKERS, ...PROXIES, UNKNOWN))).toEqual([]);
  expect(await findings(withPorts("8000", "9002", "9003", UNKNOWN))).toEqual([]);
});

test("judges malformed input without crashing", async () => {
  const odd = [null, "x", 7, [], [null], {}, [{}], [{ protocol: 6, ports: "8000" }]];
  for (const path of ["sourceRanges", "allows", "allows.0", "allows.0.ports", "direction"]) {
    for (const value of odd) {
      const found = await findings(ruleWith(path, value));
      expect(found.every(([, , message]) => /^\S+: [^\n]+; [^\n]+$/.test(String(message)))).toBe(
        true,
      );
    }
  }
  expect(await findings(fleetStack)).toEqual([]);
});
