import { poolImports } from "../../../../emulator/gke/controllers/poolImports";
import {
  AGENT,
  endlessDelays,
  fleet,
  noDelays,
  object,
  pool,
  poolImport,
  statusIn,
  summary,
} from "../support/world";

/** The fleet, once the kind has been installed on the config cluster. */
function withKind(): ReturnType<typeof fleet> {
  const made = fleet();
  made.west.absent = [];
  return made;
}

test("the kind comes with the feature, on the config cluster, after a while", () => {
  const { world } = fleet();
  expect(poolImports(world, endlessDelays())).toEqual([]);
  expect(summary(poolImports(world, noDelays()))).toEqual([
    "create CustomResourceDefinition gcpinferencepoolimports.networking.gke.io on gke-west",
  ]);
});

test("the kind goes from a cluster that is not the config cluster any more", () => {
  const { world, cloud } = withKind();
  cloud.config = undefined;
  expect(summary(poolImports(world, noDelays()))).toEqual([
    "delete CustomResourceDefinition gcpinferencepoolimports.networking.gke.io on gke-west",
  ]);
});

test("pools of one name in several clusters are one import", () => {
  const { world, west, east } = withKind();
  west.put(pool());
  east.put(pool());
  expect(poolImports(world, endlessDelays())).toEqual([]);
  expect(poolImports(world, noDelays())).toEqual([
    {
      do: "create",
      cluster: west.spec.id,
      object: {
        apiVersion: "networking.gke.io/v1",
        kind: "GCPInferencePoolImport",
        metadata: { namespace: "default", name: "llama" },
      },
    },
  ]);
});

test("an import lists the memberships that export it", () => {
  const { world, west, east } = withKind();
  west.put(pool(), poolImport());
  east.put(pool());
  const status = statusIn(poolImports(world, noDelays()));
  expect(status).toMatchObject({
    controllers: [
      {
        name: "networking.gke.io/gateway",
        exportingClusters: [{ name: "gke-east" }, { name: "gke-west" }],
        conditions: [{ type: "Accepted", status: "True" }],
      },
    ],
  });
  west.put({ ...poolImport(), status } as never);
  expect(poolImports(world, noDelays())).toEqual([]);
});

test.each(["true", "TRUE", "", "ClusterSet"])("the annotation %p exports nothing", (value) => {
  const { world, east } = withKind();
  east.put(pool("default/llama", { annotations: { "networking.gke.io/export": value } }));
  expect(poolImports(world, noDelays())).toEqual([]);
});

test("an import goes when nobody exports its pool any more", () => {
  const { world, west, east } = withKind();
  west.put(poolImport("default/llama", "gke-east"));
  east.put(pool("default/llama", {}));
  expect(summary(poolImports(world, noDelays()))).toEqual([
    "delete GCPInferencePoolImport default/llama on gke-west",
  ]);
});

test("a pool of a cluster outside the fleet is not imported", () => {
  const { world, cloud, east } = withKind();
  east.put(pool());
  cloud.membersList = cloud.membersList.filter(({ cluster }) => cluster !== east.spec.id);
  expect(poolImports(world, noDelays())).toEqual([]);
});

test("without its role the service agent imports nothing", () => {
  const { world, cloud, east } = withKind();
  east.put(pool());
  cloud.roles.delete(`roles/container.admin ${AGENT}`);
  expect(poolImports(world, noDelays())).toEqual([]);
});

test("an import needs its namespace on the config cluster", () => {
  const { world, west, east } = withKind();
  east.put(pool("models/llama"));
  expect(poolImports(world, noDelays())).toEqual([]);
  west.put(object("Namespace", "models"));
  expect(summary(poolImports(world, noDelays()))).toEqual([
    "create GCPInferencePoolImport models/llama on gke-west",
  ]);
});
