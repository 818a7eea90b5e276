import { inferencePools } from "../../../../emulator/gke/controllers/inferencePools";
import { InferencePool } from "../../../../emulator/gke/world/kinds";
import { EXPORTED, fleet, Fleet, object, pool, poolImport, statusIn, told } from "../support/world";

interface Status {
  parents: { parentRef: object; controllerName: string; conditions: never[] }[];
}

function conditions({ world }: Fleet): string[] {
  const { parents } = statusIn<Status>(inferencePools(world));
  return parents.flatMap((parent) => told(parent.conditions));
}

test("an imported pool is exported", () => {
  const made = fleet();
  made.east.put(pool());
  made.west.put(poolImport("default/llama", "gke-east"));
  const { parents } = statusIn<Status>(inferencePools(made.world));
  expect(parents[0]).toMatchObject({
    parentRef: {
      group: "networking.gke.io",
      kind: "GCPInferencePoolImport",
      name: "llama",
      namespace: "default",
    },
    controllerName: "networking.gke.io/gateway",
  });
  expect(conditions(made)).toEqual(["Exported=True Exported", "ResolvedRefs=True ResolvedRefs"]);
});

test("an annotation of another value is pointed out", () => {
  const made = fleet();
  made.east.put(pool("default/llama", { annotations: { "networking.gke.io/export": "true" } }));
  expect(conditions(made)[0]).toBe(
    'Exported=False NotRequested: networking.gke.io/export is "true"; only "True" exports a pool',
  );
});

test("what blocks all imports is said of the pool too", () => {
  const made = fleet();
  made.east.put(pool());
  made.cloud.config = undefined;
  expect(conditions(made)[0]).toBe(
    "Exported=False NotSupported: the multiclusteringress feature of project demo is off",
  );
});

test("until it is imported it is pending", () => {
  const made = fleet();
  made.east.put(pool());
  expect(conditions(made)[0]).toBe(
    "Exported=Unknown Pending: it is exported; GKE imports it some minutes later",
  );
});

test("an endpoint picker that is not there is an unresolved reference", () => {
  const made = fleet();
  const picked = pool() as InferencePool;
  picked.spec.endpointPickerRef = { name: "llama-epp" };
  made.east.put(picked);
  expect(conditions(made)[1]).toBe(
    "ResolvedRefs=False InvalidExtensionRef: endpointPickerRef: no Service default/llama-epp",
  );
  made.east.put(object("Service", "default/llama-epp"));
  expect(conditions(made)[1]).toBe("ResolvedRefs=True ResolvedRefs");
});

test("a pool that nobody exports has no such parent, and keeps those of others", () => {
  const { world, east } = fleet();
  const other = { parentRef: { name: "gateway" }, controllerName: "example.net/gateway" };
  const ours = { parentRef: { kind: "GCPInferencePoolImport", name: "llama" } };
  east.put(object("InferencePool", "default/llama", { spec: {}, status: { parents: [other] } }));
  expect(inferencePools(world)).toEqual([]);
  east.put(
    object("InferencePool", "default/llama", { spec: {}, status: { parents: [other, ours] } }),
  );
  expect(statusIn(inferencePools(world))).toEqual({ parents: [other] });
});

test("a status that is right is not written again", () => {
  const { world, east } = fleet();
  east.put(pool());
  const status = statusIn<Status>(inferencePools(world));
  east.put({ ...pool("default/llama", EXPORTED), status } as never);
  expect(inferencePools(world)).toEqual([]);
});
