import { UNKNOWN } from "../support/unknown";
import { gatewayClassAllowed } from "../../network/gateway-class-allowed";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, gateway, route } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import { type Registered, type RunOptions, unknownBut } from "../support/policies";

const CLASS = "spec.gatewayClassName";
const ALLOWED = "gke-l7-cross-regional-internal-managed-mc";
const notSet = `${CLASS}: is not set, so nothing serves this Gateway; set ${ALLOWED}`;

const wrong = (name: string, fix: string) =>
  `${CLASS}: "${name}" is not a class for inference pools across regions; ${fix}`;

const judge = findingsOf(gatewayClassAllowed);

/** What is said of a Gateway with a route to a pool. */
async function findings(resource: Registered, options?: RunOptions) {
  const found = await judge([resource, route], options);
  return found.map(([level, , message]) => [level, message]);
}

/** The Gateway of something else: no route of it leads to a pool. */
const ui = (name: string) => {
  const web = changed(changed(gateway, "metadata.name", "web"), CLASS, name);
  const toService = changed(route, "spec.rules", [{ backendRefs: [{ name: "web", port: 80 }] }]);
  const itsRoute = { ...toService, name: "web-route" };
  return [{ ...web, name: "web" }, changed(itsRoute, "spec.parentRefs", [{ name: "web" }])];
};

/** A GatewayPatch, which holds only what it changes. */
function patch(resource: Registered): Registered {
  return { ...resource, type: `${resource.type}Patch` };
}

test.each([
  ["the class for it", gateway],
  ["another implementation's class", changed(gateway, CLASS, "istio")],
  ["a class of GKE's service mesh", changed(gateway, CLASS, "gke-td")],
  ["another object", changed(changed(gateway, CLASS), "kind", "HTTPRoute")],
  ["a patch that leaves the class alone", patch(changed(gateway, CLASS))],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each([
  "gke-l7-global-external-managed",
  "gke-l7-global-external-managed-mc",
  "gke-l7-regional-external-managed",
  "gke-l7-rilb",
  "gke-l7-rilb-mc",
  "gke-l7-gxlb",
  "gke-l7-cross-regional-internal-managed",
  "gke-l7-of-next-year",
])("says nothing of a Gateway of class %s that leads to no pool", async (name) => {
  expect(await judge([gateway, route, ...ui(name)])).toEqual([]);
  expect(await judge(ui(name))).toEqual([]);
});

test("finds a class with a slip, wherever the Gateway leads", async () => {
  const name = `${ALLOWED.slice(0, -3)}-nc`;
  expect(await judge(ui(name))).toEqual([
    ["mandatory", "web", wrong(name, `did you mean ${ALLOWED}?`)],
  ]);
});

test.each<[string, Registered, string]>([
  ["no class", changed(gateway, CLASS), notSet],
  ["null for a class", changed(gateway, CLASS, null), notSet],
  ["no spec", changed(gateway, "spec"), notSet],
  ["a list for a spec", changed(gateway, "spec", [{}]), notSet],
  [
    "a number for a class",
    changed(gateway, CLASS, 7),
    `${CLASS}: 7 is not the name of a class; set ${ALLOWED}`,
  ],
  [
    "an empty class",
    changed(gateway, CLASS, ""),
    `${CLASS}: "" is not the name of a class; set ${ALLOWED}`,
  ],
  [
    "the class for one cluster",
    changed(gateway, CLASS, "gke-l7-cross-regional-internal-managed"),
    wrong("gke-l7-cross-regional-internal-managed", `did you mean ${ALLOWED}?`),
  ],
  [
    "a class with a slip outside GKE's names",
    changed(gateway, CLASS, "gke-17-cross-regional-internal-managed-mc"),
    wrong("gke-17-cross-regional-internal-managed-mc", `did you mean ${ALLOWED}?`),
  ],
  [
    "a class of one region",
    changed(gateway, CLASS, "gke-l7-rilb-mc"),
    wrong("gke-l7-rilb-mc", `set ${ALLOWED}`),
  ],
  [
    "a patch to such a class",
    patch(changed(gateway, CLASS, "gke-l7-rilb-mc")),
    wrong("gke-l7-rilb-mc", `set ${ALLOWED}`),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges the Gateway under a generated class's token", async () => {
  expect(await findings(asGenerated(changed(gateway, CLASS)))).toEqual([["mandatory", notSet]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = changed(gateway, CLASS, "gke-l7-gxlb-mc");
  const known = { ...gateway, inputs: unknownBut(inputs, "apiVersion", "kind", "metadata", CLASS) };
  const message = wrong("gke-l7-gxlb-mc", `set ${ALLOWED}`);
  expect(await findings(known)).toEqual([["mandatory", message]]);
});

test.each(["spec", CLASS])("advises where %s is not known yet", async (path) => {
  expect(await findings(changed(gateway, path, UNKNOWN))).toEqual([["advisory", pending(CLASS)]]);
});

test("takes another list", async () => {
  const classes = ["gke-l7-rilb-mc", "gke-l7-gxlb-mc"];
  const config = { [gatewayClassAllowed.name]: { classes } };
  expect(await findings(changed(gateway, CLASS, "gke-l7-gxlb-mc"), { config })).toEqual([]);
  expect(await findings(gateway, { config })).toEqual([
    ["mandatory", wrong(ALLOWED, "set gke-l7-rilb-mc or gke-l7-gxlb-mc")],
  ]);
});
