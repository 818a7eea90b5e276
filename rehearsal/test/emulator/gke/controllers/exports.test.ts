import {
  exportedAmong,
  importsBlocked,
  whyNoImport,
} from "../../../../emulator/gke/controllers/exports";
import { AGENT, fleet, Fleet, pool } from "../support/world";

const why = ({ world, west }: Fleet) => whyNoImport(world, west, "default/llama");

test("while the feature is off", () => {
  const made = fleet();
  made.cloud.config = undefined;
  expect(why(made)).toBe("the multiclusteringress feature of project demo is off");
});

test("on a cluster that is not the config cluster", () => {
  const { world, east } = fleet();
  expect(whyNoImport(world, east, "default/llama")).toBe(
    "GCPInferencePoolImports are on the config cluster gke-west only",
  );
});

test("without the Gateway API on the config cluster", () => {
  const { world } = fleet({ west: { gatewayApiChannel: "CHANNEL_DISABLED" } });
  expect(importsBlocked(world, "demo")).toBe(
    "the Gateway API is disabled on the config cluster gke-west",
  );
});

test("without the service agent's role", () => {
  const made = fleet();
  made.cloud.roles.clear();
  expect(why(made)).toBe(`${AGENT} lacks roles/container.admin in project demo`);
});

test("without a pool of the name in any member", () => {
  const made = fleet();
  made.east.put(pool("default/other"));
  expect(why(made)).toBe(
    "no member of the fleet (gke-west, gke-east) has an InferencePool default/llama",
  );
});

test("with pools that are not exported", () => {
  const made = fleet();
  made.west.put(pool("default/llama", {}));
  made.east.put(pool("default/llama", { annotations: { "networking.gke.io/export": "true" } }));
  expect(why(made)).toBe(
    'no InferencePool default/llama has the annotation networking.gke.io/export: "True" ' +
      '(found none on gke-west, "true" on gke-east)',
  );
});

test("without the namespace on the config cluster", () => {
  const { world, west, east } = fleet();
  east.put(pool("models/llama"));
  expect(whyNoImport(world, west, "models/llama")).toBe(
    "the config cluster gke-west has no namespace models",
  );
});

test("with an exported pool it is a matter of time", () => {
  const made = fleet();
  made.east.put(pool());
  expect(why(made)).toBe("it is exported; GKE imports it some minutes later");
});

test("exported pools are told with their ports, whether their cluster is a member or not", () => {
  const exported = pool("inference/llama");
  const pools = [
    exported,
    pool("inference/quiet", { annotations: { "networking.gke.io/export": "true" } }),
  ];
  expect(exportedAmong("gke-west", pools)).toEqual([
    { cluster: "gke-west", pool: "inference/llama", ports: [8000] },
  ]);
});
