import { gpuMachines } from "../../../catalog/gpuMachines";
import { UNKNOWN } from "../support/unknown";
import { gpusOfMachine } from "../../nodes/gpuMachine";
import { nodePoolValues } from "../../nodes/node-pool-values";
import { cluster, pool } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsIn(nodePoolValues);

const nodes = (machineType: unknown, accelerators: unknown) =>
  pool("gpus", "eu", { nodeConfig: { machineType, guestAccelerators: accelerators } });
const gpus = (machineType: unknown, type: unknown, count: unknown) =>
  nodes(machineType, [{ type, count }]);
const sized = (autoscaling: unknown) => pool("gpus", "eu", { autoscaling });
const reserved = (reservationAffinity: unknown) =>
  pool("gpus", "eu", { nodeConfig: { reservationAffinity } });
const AFFINITY = "nodeConfig.reservationAffinity";
const KEY = "compute.googleapis.com/reservation-name";
const specific = { consumeReservationType: "SPECIFIC_RESERVATION" };
const GPU = "nodeConfig.guestAccelerators[0]";

test.each<[string, Registered]>([
  ["the GPUs of its machine", gpus("g2-standard-24", "nvidia-l4", 2)],
  ["GPUs that are added to N1", gpus("n1-standard-8", "nvidia-tesla-t4", 1)],
  ["a machine that is not known here", gpus("x9-standard-8", "nvidia-new", 3)],
  ["a machine without GPUs", nodes("e2-standard-8", null)],
  ["no GPUs of a machine without any", gpus("e2-standard-8", "nvidia-l4", 0)],
  ["a machine that is not known yet", gpus(UNKNOWN, "nvidia-l4", 8)],
  ["GPUs that are not known yet", gpus("g2-standard-8", UNKNOWN, UNKNOWN)],
  ["no GPUs that are named", nodes("g2-standard-8", [])],
  [
    "a size",
    sized({ minNodeCount: 0, maxNodeCount: 3, totalMinNodeCount: 2, totalMaxNodeCount: 2 }),
  ],
  ["a size that is not known yet", sized({ totalMinNodeCount: 3, totalMaxNodeCount: UNKNOWN })],
  ["a reservation", reserved({ ...specific, key: KEY, values: ["mine"] })],
  ["any reservation", reserved({ consumeReservationType: "ANY_RESERVATION" })],
  ["malformed input", nodes([], [null, 1])],
  ["malformed limits", sized([])],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "another GPU",
    gpus("g2-standard-8", "nvidia-tesla-t4", 1),
    `${GPU}.type: is "nvidia-tesla-t4", but "g2-standard-8" has 1 x nvidia-l4; write "nvidia-l4"`,
  ],
  [
    "more GPUs",
    gpus("a3-highgpu-2g", "nvidia-h100-80gb", 8),
    `${GPU}.count: is 8, but "a3-highgpu-2g" has 2 x nvidia-h100-80gb; write 2`,
  ],
  [
    "GPUs of a machine that takes none",
    gpus("n2-standard-8", "nvidia-l4", 1),
    `${GPU}: "n2-standard-8" takes no GPUs; use a machine type with GPUs, or one of N1`,
  ],
  [
    "GPUs in a pool of a cluster's own",
    cluster("eu", {
      nodePools: [
        {
          nodeConfig: {
            machineType: "g2-standard-48",
            guestAccelerators: [{ type: "nvidia-l4", count: 2 }],
          },
        },
      ],
    }),
    'nodePools[0].nodeConfig.guestAccelerators[0].count: is 2, but "g2-standard-48" has 4 x ' +
      "nvidia-l4; write 4",
  ],
  [
    "a minimum above the maximum",
    sized({ totalMinNodeCount: 3, totalMaxNodeCount: 2 }),
    "autoscaling.totalMinNodeCount: is 3, which is more than totalMaxNodeCount (2); set it to 2 or less",
  ],
  [
    "the same for each zone",
    sized({ minNodeCount: 1, maxNodeCount: 0 }),
    "autoscaling.minNodeCount: is 1, which is more than maxNodeCount (0); set it to 0 or less",
  ],
  [
    "a reservation without a key",
    reserved(specific),
    `${AFFINITY}.key: is not set, so no reservation is named; set it to "${KEY}"`,
  ],
  [
    "a reservation without a name",
    reserved({ ...specific, key: KEY }),
    `${AFFINITY}.values: is not set, so no reservation is named; name the reservation`,
  ],
  [
    "a reservation with no name",
    reserved({ ...specific, key: KEY, values: [] }),
    `${AFFINITY}.values: is [], so no reservation is named; name the reservation`,
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("advises where the reservation is not known yet", async () => {
  const resource = reserved({ ...specific, key: KEY, values: UNKNOWN });
  expect(await findings(resource)).toEqual([["advisory", pending(`${AFFINITY}.values`)]]);
});

test.each(Object.entries(gpuMachines))(
  "program and policies mean the same GPUs of %s",
  (type, machine) => {
    expect(gpusOfMachine(type)).toEqual({ type: machine.gpu, count: machine.gpusPerNode });
  },
);
