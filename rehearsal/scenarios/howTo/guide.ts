import type { Json } from "../../emulator/google/json";
import type { Cloud } from "../../stage/cloud";

import type { Helm } from "./helm";
import type { Kubectl } from "./kubectl";
import type { GieRelease } from "./release";

/** The how-to's two clusters, with the regions and zones that it has for examples. */
export const WEST = { name: "gke-west", region: "europe-west3", zone: "europe-west3-c" };
export const EAST = { name: "gke-east", region: "us-east4", zone: "us-east4-a" };
export type Place = typeof WEST;

export const PROJECT = "how-to";

/** The state before the how-to. */
export interface HowToInput {
  cloud: Cloud;
  /** The files that the how-to uses from the Inference Extension's release v1.1.0. */
  release: GieRelease;
  /** With the chart of that release. */
  helm: Helm;
}

/** The clients that its chapters use once there are clusters; `west` is the config cluster. */
export interface Guide extends HowToInput {
  clusters: { west: Kubectl; east: Kubectl };
}

/** Collection or resource of Kubernetes Engine below a location, as `clusters/gke-west`. */
export function container(location: string, rest: string): string {
  return `https://container.googleapis.com/v1/projects/${PROJECT}/locations/${location}/${rest}`;
}

/** Collection of the project's fleet, as `memberships`. */
export function hub(collection: string): string {
  return `https://gkehub.googleapis.com/v1/projects/${PROJECT}/locations/global/${collection}`;
}

export function clusterName({ name }: Place, location: string): string {
  return `projects/${PROJECT}/locations/${location}/clusters/${name}`;
}

/** `gcloud services enable`, which sends several as one. @param apis their short names: `compute` */
export async function enableApis(
  { cloud: { google } }: HowToInput,
  apis: string[],
  project = PROJECT,
): Promise<void> {
  const services = `https://serviceusage.googleapis.com/v1/projects/${project}/services`;
  const serviceIds = apis.map((api) => `${api}.googleapis.com`);
  if (serviceIds.length === 1) await google.run("POST", `${services}/${serviceIds.join()}:enable`);
  else await google.run("POST", `${services}:batchEnable`, { serviceIds });
}

const PROJECTS = "https://cloudresourcemanager.googleapis.com/v1/projects";

/** `gcloud projects add-iam-policy-binding`. */
export async function grant(
  { cloud: { google } }: HowToInput,
  role: string,
  member: string,
): Promise<void> {
  const options = { requestedPolicyVersion: 3 };
  const policy = await google.call("POST", `${PROJECTS}/${PROJECT}:getIamPolicy`, { options });
  const bindings = (policy.bindings ?? []) as Json[];
  await google.call("POST", `${PROJECTS}/${PROJECT}:setIamPolicy`, {
    policy: { ...policy, version: 3, bindings: [...bindings, { role, members: [member] }] },
  });
}

/** Number of the project, which is in the addresses of Google's own accounts. */
export async function projectNumber({ cloud: { google } }: HowToInput): Promise<string> {
  return String((await google.call("GET", `${PROJECTS}/${PROJECT}`)).projectNumber);
}
