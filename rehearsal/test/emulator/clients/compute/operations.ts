import type { protos } from "@google-cloud/compute";
// Each client by its own file: all of the library takes four times as long to load as the seven that are used here.
import { GlobalOperationsClient } from "@google-cloud/compute/build/src/v1/global_operations_client";
import { RegionOperationsClient } from "@google-cloud/compute/build/src/v1/region_operations_client";

import { PROJECT, REGION } from "../support/client";
import { overRest } from "../support/cloud";

type Operation = protos.google.cloud.compute.v1.IOperation;

/** What the library hands out of a call that begins an operation. */
type Begun = [{ latestResponse: unknown }, ...unknown[]];

const globally = new GlobalOperationsClient(overRest());
const inRegion = new RegionOperationsClient(overRest());

/** Waits for what a call began, as the library's samples do. @returns how it ended */
export async function ended(begun: Promise<Begun>): Promise<Operation> {
  const [{ latestResponse }] = await begun;
  let operation = latestResponse as Operation;
  const { name = "" } = operation;
  const where = { project: PROJECT, operation: name ?? "" };
  // Once at least, although the samples do not where an operation is done at once.
  do {
    [operation] = operation.region
      ? await inRegion.wait({ ...where, region: REGION })
      : await globally.wait(where);
  } while (operation.status !== "DONE");
  return operation;
}

/** What an operation says of itself when it is asked for. */
export async function read({ name, region }: Operation): Promise<Operation> {
  const where = { project: PROJECT, operation: name ?? "" };
  const [operation] = region
    ? await inRegion.get({ ...where, region: REGION })
    : await globally.get(where);
  return operation;
}
