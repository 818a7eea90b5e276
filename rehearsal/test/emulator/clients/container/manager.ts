import type { protos } from "@google-cloud/container";
import { ClusterManagerClient } from "@google-cloud/container/build/src/v1/cluster_manager_client";

import { poll, PROJECT, REGION } from "../support/client";
import { overRest } from "../support/cloud";

type Operation = protos.google.container.v1.IOperation;

export const manager = new ClusterManagerClient(overRest());
export const parent = `projects/${PROJECT}/locations/${REGION}`;
export const eu = `${parent}/clusters/eu`;

/** Asks for what a call began until it is done. The library has nothing else for these operations. */
export async function done(begun: Promise<[Operation, ...unknown[]]>): Promise<Operation> {
  const [{ name }] = await begun;
  const [operation] = await poll(
    () => manager.getOperation({ name: `${parent}/operations/${name ?? ""}` }),
    ([now]) => now.status === "DONE",
  );
  return operation;
}
