import { createHash, randomUUID } from "node:crypto";

import { Gke } from "../gke/gke";
import { Callers } from "./access/callers";
import { Clock } from "./clock";
import { ApiError } from "./errors";
import { SERVICE } from "./kinds";
import { KnobBoard } from "./knobs";
import { ManagedResources } from "./managed/managedResources";
import { Operations } from "./operations";
import { Quotas } from "./quotas";
import { Store } from "./store";
import { apiTitle, DEFAULT_APIS } from "./tables/apis";

/** What the services of the cloud share. */
export interface Cloud {
  store: Store;
  clock: Clock;
  operations: Operations;
  quotas: Quotas;
  gke: Gke;
  callers: Callers;
  knobs: KnobBoard;
  /** What GKE's controllers make by themselves. */
  managed: ManagedResources;
}

export function isApiEnabled(store: Store, project: string, api: string): boolean {
  if (DEFAULT_APIS.includes(api)) return true;
  return store.get(SERVICE, `projects/${project}/services/${api}`)?.body.state === "ENABLED";
}

/** @throws ApiError 403 that names API and project */
export function requireApi(store: Store, project: string, api: string): void {
  if (isApiEnabled(store, project, api)) return;
  const url = `https://console.developers.google.com/apis/api/${api}/overview?project=${project}`;
  throw new ApiError(
    "PERMISSION_DENIED",
    `${apiTitle(api)} has not been used in project ${project} before or it is disabled. Enable ` +
      `it by visiting ${url} then retry. If you enabled this API recently, wait a few minutes ` +
      "for the action to propagate to our systems and retry.",
    "accessNotConfigured",
    [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "SERVICE_DISABLED",
        domain: "googleapis.com",
        metadata: { service: api, consumer: `projects/${project}` },
      },
    ],
  );
}

/** Google's number of a project: the same for the same id, in this cloud and the next. */
export function projectNumber(project: string): string {
  let number = 0;
  for (const character of project)
    number = (number * 31 + character.charCodeAt(0)) % 899_999_999_999;
  return String(100_000_000_000 + number);
}

/** A number as Google gives one to each resource: 63 bits, as text. */
export function newNumericId(): string {
  return numericIdOf(randomUUID());
}

/** The same for the same text. */
export function numericIdOf(text: string): string {
  const [first = 0n] = new BigUint64Array(createHash("sha256").update(text).digest().buffer, 0, 1);
  return String(first >> 1n);
}
