import { setTimeout as sleep } from "node:timers/promises";

import type { protos } from "@google-cloud/container";
import { ClusterManagerClient } from "@google-cloud/container/build/src/v1/cluster_manager_client";

import { PROJECT, REGION } from "../support/client";
import { overRest } from "../support/cloud";

type Operation = protos.google.container.v1.IOperation;

export const manager = new ClusterManagerClient(overRest());
export const parent = `projects/${PROJECT}/locations/${REGION}`;
export const eu = `${parent}/clusters/eu`;

/** Between two questions. */
const POLL_MS = 20;

/** Asks for what a call began until it is done. The library has nothing else for these operations. */
export async function done(begun: Promise<[Operation, ...unknown[]]>): Promise<Operation> {
  const [{ name }] = await begun;
  for (;;) {
    const [operation] = await manager.getOperation({ name: `${parent}/operations/${name ?? ""}` });
    if (operation.status === "DONE") return operation;
    await sleep(POLL_MS);
  }
}
