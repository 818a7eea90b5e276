import { UNKNOWN } from "../support/unknown";
import {
  balancing,
  fleet,
  healthCheck,
  inCluster,
  namespace,
  poolEu,
  poolUs,
  route,
  withChanged,
} from "../fixtures/fleet";
import {
  CONFIG,
  DEFAULT,
  HTTP,
  findings,
  missing,
  noPort,
  without,
} from "../fixtures/healthCheckMatchesPool";
import { pending } from "../fixtures/messages";
import { changed, pool } from "../fixtures/stack";
import { type Registered, unknownBut } from "../support/policies";

const NAME = "spec.rules.0.backendRefs.0.name";

describe("on a first preview", () => {
  const firstPreview = true;
  const judged = async (...resources: readonly Registered[]) => {
    return findings(withChanged(...resources), { firstPreview });
  };

  test("passes the good stack", async () => {
    expect(await findings(fleet, { firstPreview })).toEqual([]);
  });

  test("judges among siblings that are not known yet", async () => {
    const known = ["apiVersion", "kind", "metadata.namespace"];
    const hide = (resource: Registered, ...more: string[]) => {
      return { ...resource, inputs: unknownBut(resource.inputs, ...known, ...more) };
    };
    const stack = withChanged(
      hide(healthCheck, "spec.targetRef", `${DEFAULT}.timeoutSec`, CONFIG),
      hide(
        changed(poolUs, "spec.targetPorts", [{ number: 1 }]),
        "metadata.name",
        "spec.targetPorts",
      ),
      hide(route, "spec.rules"),
    );
    expect(await findings(stack, { firstPreview })).toEqual([
      ["advisory", "health", pending(`${DEFAULT}.checkIntervalSec`)],
      ...noPort(["pool-us"], 8000, "1"),
    ]);
  });

  test("follows names to the pool and the namespace that they come from", async () => {
    const ns = namespace("ns", { name: "llm" });
    const aimed = (resource: Registered, path: string) => ({
      ...changed(changed(resource, path, UNKNOWN), "metadata.namespace", UNKNOWN),
      propertyDependencies: {
        spec: [`${poolEu.type}::pool-eu`],
        metadata: [`${ns.type}::ns`],
      },
    });
    const stack = [
      ns,
      ...withChanged(
        aimed(route, NAME),
        aimed(healthCheck, "spec.targetRef.name"),
        aimed(balancing, "spec.targetRef.name"),
      ),
    ];
    expect(await findings(stack, { firstPreview })).toEqual([]);
    const port = stack.map((resource) => {
      return resource.name === "health" ? changed(resource, `${HTTP}.port`, 9003) : resource;
    });
    expect(await findings(port, { firstPreview })).toEqual(noPort(["pool-eu", "pool-us"]));
    const none = stack.filter(({ name }) => name !== "health");
    expect(await findings(none, { firstPreview })).toEqual([
      missing("route", "spec.rules[0].backendRefs[0]", "(not known yet)"),
    ]);
  });

  test("follows the name of a pool that Pulumi is to name", async () => {
    const unnamed = inCluster(changed(pool, "metadata.name"), "eu", "pool-eu");
    const aimed = (resource: Registered, path: string) => ({
      ...changed(resource, path, UNKNOWN),
      propertyDependencies: { spec: [`${poolEu.type}::pool-eu`] },
    });
    const stack = [
      unnamed,
      aimed(route, NAME),
      changed(aimed(healthCheck, "spec.targetRef.name"), `${HTTP}.port`, 9003),
    ];
    expect(await findings(stack, { firstPreview })).toEqual(noPort(["pool-eu"]));
  });

  test.each<[string, readonly Registered[], [string, string][]]>([
    [
      "the check's target",
      [changed(healthCheck, "spec.targetRef.name", UNKNOWN)],
      [["health", "spec.targetRef.name"]],
    ],
    [
      "the check's namespace",
      [changed(healthCheck, "metadata.namespace", UNKNOWN)],
      [["health", "metadata.namespace"]],
    ],
    [
      "the route's target",
      [changed(route, NAME, UNKNOWN)],
      [["route", "spec.rules[0].backendRefs[0].name"]],
    ],
    ["the default", [changed(healthCheck, DEFAULT, UNKNOWN)], [["health", DEFAULT]]],
    ["the config", [changed(healthCheck, CONFIG, UNKNOWN)], [["health", CONFIG]]],
    ["the type", [changed(healthCheck, `${CONFIG}.type`, UNKNOWN)], [["health", `${CONFIG}.type`]]],
    ["the block", [changed(healthCheck, HTTP, UNKNOWN)], [["health", HTTP]]],
    ["the port", [changed(healthCheck, `${HTTP}.port`, UNKNOWN)], [["health", `${HTTP}.port`]]],
    [
      "what port",
      [changed(healthCheck, `${HTTP}.portSpecification`, UNKNOWN)],
      [["health", `${HTTP}.portSpecification`]],
    ],
    [
      "the timeout",
      [changed(healthCheck, `${DEFAULT}.timeoutSec`, UNKNOWN)],
      [["health", `${DEFAULT}.timeoutSec`]],
    ],
    [
      "a pool's ports",
      [changed(poolUs, "spec.targetPorts", UNKNOWN)],
      [["pool-us", "spec.targetPorts"]],
    ],
    [
      "a pool's port",
      [changed(poolUs, "spec.targetPorts.0.number", UNKNOWN)],
      [["pool-us", "spec.targetPorts[0].number"]],
    ],
  ])("advises where %s is not known yet", async (_, changes, places) => {
    expect(await judged(...changes)).toEqual(
      places.map(([resource, path]) => ["advisory", resource, pending(path)]),
    );
  });

  test("fails a route without any check, whatever it names", async () => {
    const stack = without(healthCheck, balancing, route);
    expect(await findings([...stack, changed(route, NAME, UNKNOWN)], { firstPreview })).toEqual([
      missing("route", "spec.rules[0].backendRefs[0]", "(not known yet)"),
    ]);
  });
});
