import { UNKNOWN } from "../support/unknown";
import { poolExported } from "../../pools/pool-exported";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, pool } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { remedied, unknownBut } from "../support/policies";

const EXPORT = "metadata.annotations[networking.gke.io/export]";
const EXPORT_PATH = 'metadata.annotations["networking.gke.io/export"]';
const FIX = 'set it to "True", a text with a capital T';
const notSet = `${EXPORT_PATH}: is not set, so no gateway sees this pool; ${FIX}`;

const findings = findingsIn(poolExported);

test.each([
  ["an exported pool", pool],
  ["another object without the annotation", changed(changed(pool, EXPORT), "kind", "Service")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each([
  ["no annotation", changed(pool, EXPORT), notSet],
  ["no annotations", changed(pool, "metadata.annotations"), notSet],
  ["null for metadata", changed(pool, "metadata", null), notSet],
  ["a list for metadata", changed(pool, "metadata", [{}]), notSet],
  [
    "a small t",
    changed(pool, EXPORT, "true"),
    `${EXPORT_PATH}: GKE does not take "true" for an export; ${FIX}`,
  ],
  [
    "a boolean",
    changed(pool, EXPORT, true),
    `${EXPORT_PATH}: GKE does not take true for an export; ${FIX}`,
  ],
  [
    "the first alpha of the kind",
    changed(changed(pool, EXPORT), "apiVersion", "inference.networking.x-k8s.io/v1alpha2"),
    notSet,
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges the object under a generated class's token", async () => {
  const generated = asGenerated(changed(pool, EXPORT));
  expect(await findings(generated)).toEqual([["mandatory", notSet]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = changed(pool, EXPORT, "true");
  const known = unknownBut(inputs, "metadata.annotations");
  const message = `${EXPORT_PATH}: GKE does not take "true" for an export; ${FIX}`;
  expect(await findings({ ...pool, inputs: known })).toEqual([["mandatory", message]]);
});

test.each(["metadata", "metadata.annotations", EXPORT])(
  "advises where %s is not known yet",
  async (path) => {
    const resource = changed(pool, path, UNKNOWN);
    expect(await findings(resource)).toEqual([["advisory", pending(EXPORT_PATH)]]);
  },
);

test("mends it where it may", async () => {
  expect(await remedied(changed(pool, EXPORT), poolExported)).toEqual(pool.inputs);
  expect(await remedied(changed(pool, "metadata.annotations"), poolExported)).toEqual(pool.inputs);
  expect(await remedied(changed(pool, EXPORT, "true"), poolExported)).toEqual(pool.inputs);
});

test.each([
  ["exported as it is", pool],
  ["not known yet", changed(pool, EXPORT, UNKNOWN)],
  ["of another kind", changed(changed(pool, EXPORT), "kind", "Service")],
])("leaves alone what is %s", async (_, resource) => {
  expect(await remedied(resource, poolExported)).toBeUndefined();
});
