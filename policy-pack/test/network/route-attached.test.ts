import { UNKNOWN } from "../support/unknown";
import { inCluster, namespace, poolEu, route } from "../fixtures/fleet";
import { clusterParts, ingressFeature } from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import {
  BACKEND,
  IMPORT_FIX,
  PARENT,
  REF,
  asRilb,
  edit,
  findings,
  gateway,
  judged,
  local,
  noBackend,
  stack,
  swapped,
  withGateway,
  withRoute,
} from "../fixtures/routeAttached";
import { asGenerated, changed, goodStack } from "../fixtures/stack";
import { type Registered, unknownBut } from "../support/policies";

const GATEWAY = `${gateway.type}::${gateway.name}`;
const PARENTS = "spec.parentRefs";

const without = (...left: readonly Registered[]) => stack.filter((each) => !left.includes(each));

const noGateway = (given: string, fix: string, place = "namespace llm of cluster eu") =>
  `${REF}.name: ${given} Gateway in ${place}; ${fix}`;
const nobody =
  "metadata.name: no HTTPRoute of this cluster names this Gateway, so it serves no pool; " +
  "add a route with this name in parentRefs";

test.each<[string, readonly Registered[]]>([
  ["a route of a Gateway", stack],
  ["a stack without GKE resources", goodStack],
  ["clusters that another stack makes", stack.filter(({ type }) => !type.startsWith("gcp:"))],
  [
    "all that a reference may say",
    withRoute([
      PARENT,
      {
        group: "gateway.networking.k8s.io",
        kind: "Gateway",
        name: "llm",
        namespace: "llm",
        sectionName: "http",
      },
    ]),
  ],
  ["a Gateway that another stack makes", without(gateway)],
  [
    "a Gateway in a cluster where this stack makes none",
    swapped(inCluster(gateway, "us"), served()),
  ],
  ["a route of a mesh", withRouteBeside([{ group: "", kind: "Service", name: "web" }])],
  ["a route of a ListenerSet", withRouteBeside([{ kind: "ListenerSet", name: "web" }])],
  ["a Gateway of another make", withRouteBeside([{ group: "a.b", kind: "Door", name: "web" }])],
  ["a multi-cluster Gateway whose routes and pools another stack makes", without(route, poolEu)],
  ["another Gateway without a route", without(route).map(asRilb)],
  ["a patch of a route", [{ ...changed(route, "spec", {}), type: `${route.type}Patch` }]],
  ["an empty stack", []],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

/** A route of the Gateway in the other cluster. */
function served(): Registered {
  return inCluster(route, "us");
}

/** Beside the route another one that hangs on something else. */
function withRouteBeside(parents: unknown): readonly Registered[] {
  return [...stack, { ...edit(route, [[PARENTS, parents]]), name: "other" }];
}

test.each<[string, readonly Registered[], string, string]>([
  ["no references", withRoute([PARENTS]), "route", hung("is not set")],
  ["null for references", withRoute([PARENTS, null]), "route", hung("is not set")],
  ["an empty list", withRoute([PARENTS, []]), "route", hung("is empty")],
  [
    "an object for references",
    withRoute([PARENTS, { name: "llm" }]),
    "route",
    hung('{"name":"llm"} is not a list'),
  ],
  [
    "a misspelt name",
    withRoute([`${PARENT}.name`, "lm"]),
    "route",
    noGateway('"lm" is not the name of a', "did you mean llm?"),
  ],
  [
    "a name of something else",
    withRoute([`${PARENT}.name`, "web"]),
    "route",
    noGateway('"web" is not the name of a', "name one of these: llm/llm"),
  ],
  [
    "no name",
    withRoute([PARENTS, [null]]),
    "route",
    noGateway("is not set, so it names no", "name one of these: llm/llm"),
  ],
  [
    "a number",
    withRoute([`${PARENT}.name`, 5]),
    "route",
    noGateway("5 is not the name of a", "name one of these: llm/llm"),
  ],
  [
    "another namespace",
    withRoute([`${PARENT}.namespace`, "gateways"]),
    "route",
    noGateway(
      '"llm" is not the name of a',
      "the Gateway of that name is in namespace llm, name that, too",
      "namespace gateways of cluster eu",
    ),
  ],
  [
    "an object for the namespace",
    withRoute(["metadata.namespace", {}]),
    "route",
    noGateway(
      '"llm" is not the name of a',
      "the Gateway of that name is in namespace llm, name that, too",
      "cluster eu",
    ),
  ],
  [
    "a Gateway in another namespace",
    withGateway(["metadata.namespace", "gateways"]),
    "route",
    noGateway(
      '"llm" is not the name of a',
      "the Gateway of that name is in namespace gateways, name that, too",
    ),
  ],
  [
    "a Gateway of another name",
    withGateway(["metadata.name", "cross-region"]),
    "route",
    noGateway('"llm" is not the name of a', "name one of these: llm/cross-region"),
  ],
  [
    "a Gateway in the other cluster only",
    [
      ...stack,
      { ...inCluster(changed(route, `${PARENT}.name`, "us"), "eu"), name: "second" },
      inCluster(changed(gateway, "metadata.name", "us"), "us", "gateway-us"),
      { ...inCluster(changed(route, `${PARENT}.name`, "us"), "us"), name: "third" },
    ],
    "second",
    noGateway('"us" is not the name of a', "name one of these: llm/llm"),
  ],
  [
    "another kind",
    withRoute([`${PARENT}.kind`, "Gateways"]),
    "route",
    `${REF}.kind: "Gateways" is not the kind of a Gateway; write "Gateway"`,
  ],
  [
    "another group",
    withRoute([`${PARENT}.group`, "gateway.networking.k8s.io/v1"]),
    "route",
    `${REF}.group: "gateway.networking.k8s.io/v1" is not the group of a Gateway; ` +
      'write "gateway.networking.k8s.io"',
  ],
  ["a Gateway without a route", without(route), "gateway", nobody],
  ["a route in the other cluster", swapped(inCluster(route, "us")), "gateway", nobody],
])("fails %s", async (_, resources, resource, message) => {
  const expected = [["mandatory", resource, message]];
  expect(await findings(resources)).toEqual(expected);
  expect(await findings(resources, { firstPreview: true })).toEqual(expected);
  expect(await findings(resources.map(asGenerated))).toEqual(expected);
});

function hung(given: string): string {
  return `${PARENTS}: ${given}, so the route is attached to no Gateway; name the Gateway, and its namespace`;
}

describe("a stack that enables the controller", () => {
  const parts = [...clusterParts("eu", { location: "europe-west3" }), ingressFeature("eu"), route];

  test("makes the Gateway, too", async () => {
    expect(await findings(parts, { firstPreview: true })).toEqual([
      ["mandatory", "route", noGateway('"llm" is not the name of a', "create the Gateway there")],
    ]);
    expect(await findings([...parts, gateway], { firstPreview: true })).toEqual([]);
  });

  test("may have a route of another Gateway", async () => {
    const plain = parts.map((each) => (each === route ? changed(route, BACKEND, local) : each));
    expect(await findings(plain, { firstPreview: true })).toEqual([]);
  });
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("follows the names of the Gateway and of the namespace", async () => {
    const ns = namespace("ns", { name: "llm" });
    const inNs = (
      resource: Registered,
      propertyDependencies: Registered["propertyDependencies"],
    ) => ({
      ...changed(resource, "metadata.namespace", UNKNOWN),
      propertyDependencies: { ...propertyDependencies, metadata: [`${ns.type}::ns`] },
    });
    const spec = [GATEWAY, `${poolEu.type}::pool-eu`];
    const named = inNs(changed(route, `${PARENT}.name`, UNKNOWN), { spec });
    expect(await findings([ns, ...swapped(named, inNs(gateway, {}))], { firstPreview })).toEqual(
      [],
    );
    const section = changed(named, `${PARENT}.sectionName`, "web");
    const broken = [ns, ...swapped(section, inNs(gateway, {}))];
    expect(await findings(broken, { firstPreview })).toEqual([
      [
        "mandatory",
        "route",
        `${REF}.sectionName: "web" is not a listener of Gateway gateway; name one of these: http`,
      ],
    ]);
  });

  test("follows the name that Pulumi gives the Gateway, before and after", async () => {
    const unnamed = changed(gateway, "metadata.name");
    const aimed = (name: unknown) => ({
      ...changed(route, `${PARENT}.name`, name),
      propertyDependencies: { spec: [GATEWAY] },
    });
    expect(await judged(unnamed, aimed(UNKNOWN))).toEqual([]);
    expect(await findings(swapped(unnamed, aimed("gateway-5e1f3a2b")))).toEqual([]);
    expect(await judged(unnamed)).toEqual([
      [
        "mandatory",
        "route",
        noGateway('"llm" is not the name of a', "name one of these: llm/(the name of gateway)"),
      ],
    ]);
  });

  test("judges among siblings that are not known yet", async () => {
    const known = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];
    const alone = (resource: Registered, ...more: string[]) => {
      return { ...resource, inputs: unknownBut(resource.inputs, ...known, ...more) };
    };
    const broken = changed(route, `${PARENT}.name`, "lm");
    expect(await judged(alone(broken, "spec.parentRefs"), gateway)).toEqual([
      ["mandatory", "route", noGateway('"lm" is not the name of a', "did you mean llm?")],
      ["advisory", "route", pending("spec.rules")],
    ]);
    const other = changed(route, `${BACKEND}.kind`, "Service");
    expect(await judged(other, alone(gateway, "spec.gatewayClassName"))).toEqual([
      ["advisory", "gateway", pending("spec.listeners")],
      ["mandatory", "route", noBackend('"Service"', IMPORT_FIX)],
    ]);
  });

  test.each<[string, Registered, string, string]>([
    ["the references", changed(route, PARENTS, UNKNOWN), "route", PARENTS],
    ["a reference", changed(route, PARENT, UNKNOWN), "route", REF],
    ["a reference's name", changed(route, `${PARENT}.name`, UNKNOWN), "route", `${REF}.name`],
    [
      "a reference's namespace",
      changed(route, `${PARENT}.namespace`, UNKNOWN),
      "route",
      `${REF}.namespace`,
    ],
    ["the Gateway's name", changed(gateway, "metadata.name", UNKNOWN), "gateway", "metadata.name"],
    [
      "the Gateway's namespace",
      changed(gateway, "metadata.namespace", UNKNOWN),
      "gateway",
      "metadata.namespace",
    ],
  ])("advises where %s is not known yet", async (_, resource, at, path) => {
    expect(await judged(resource)).toEqual([["advisory", at, pending(path)]]);
  });
});

test("lists some of many Gateways", async () => {
  const more = ["a", "b", "c", "d", "e", "f"].flatMap((name) => [
    { ...changed(gateway, "metadata.name", `${name}-gateway`), name: `x-${name}` },
    { ...changed(route, `${PARENT}.name`, `${name}-gateway`), name: `y-${name}` },
  ]);
  const [[, , message] = []] = await findings([...withRoute([`${PARENT}.name`, "web"]), ...more]);
  const list =
    "name one of these: llm/llm, llm/a-gateway, llm/b-gateway, llm/c-gateway, llm/d-gateway and 2 more";
  expect(message).toBe(noGateway('"web" is not the name of a', list));
});

test("judges each of many that name no Gateway", async () => {
  const many = Array.from({ length: 100 }, (_, i) => [
    { ...changed(gateway, "metadata.name", `gateway-${i}`), name: `gateway-${i}` },
    { ...changed(route, `${PARENT}.name`, `door-${i}`), name: `route-${i}` },
  ]).flat();
  expect(await findings([...stack, ...many])).toHaveLength(100);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => [
    { ...changed(gateway, "metadata.name", `gateway-${i}`), name: `gateway-${i}` },
    { ...changed(route, `${PARENT}.name`, `gateway-${i}`), name: `route-${i}` },
  ]).flat();
  expect(await findings([...stack, ...many])).toEqual([]);
});
