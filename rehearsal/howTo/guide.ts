import type { Cloud } from "../rehearse/cloud";

import type { Gcloud, Json } from "./gcloud";
import type { Helm } from "./helm";
import type { Kubectl } from "./kubectl";
import type { GieRelease } from "./release";

/** The how-to's two clusters, with the regions and zones that it has for examples. */
export const WEST = { name: "gke-west", region: "europe-west3", zone: "europe-west3-c" };
export const EAST = { name: "gke-east", region: "us-east4", zone: "us-east4-a" };
export type Place = typeof WEST;

export const PROJECT = "how-to";

/** What the how-to starts with. */
export interface Ground {
  gcloud: Gcloud;
  cloud: Cloud;
  /** What the how-to gets from the Inference Extension's release v1.1.0. */
  release: GieRelease;
  /** With the chart of that release. */
  helm: Helm;
}

/** What its chapters work with once there are clusters; `west` is the config cluster. */
export interface Guide extends Ground {
  clusters: { west: Kubectl; east: Kubectl };
}

/** Collection or resource of Kubernetes Engine below a location, as `clusters/gke-west`. */
export function container(location: string, rest: string): string {
  return `/container/v1/projects/${PROJECT}/locations/${location}/${rest}`;
}

/** Collection or resource of the project's fleet, as `memberships`. */
export function hub(rest: string, location = "global"): string {
  return `/gkehub/v1/projects/${PROJECT}/locations/${location}/${rest}`;
}

export function clusterName({ name }: Place, location: string): string {
  return `projects/${PROJECT}/locations/${location}/clusters/${name}`;
}

/** @param api its short name: `compute` */
export async function enableApi({ gcloud }: Ground, api: string, project = PROJECT): Promise<void> {
  await gcloud.run(
    "POST",
    `/serviceusage/v1/projects/${project}/services/${api}.googleapis.com:enable`,
  );
}

/** `gcloud projects add-iam-policy-binding`. */
export async function grant({ gcloud }: Ground, role: string, member: string): Promise<void> {
  const project = `/cloudresourcemanager/v1/projects/${PROJECT}`;
  const policy = await gcloud.run("POST", `${project}:getIamPolicy`);
  const bindings = (policy.bindings ?? []) as Json[];
  await gcloud.run("POST", `${project}:setIamPolicy`, {
    policy: { ...policy, bindings: [...bindings, { role, members: [member] }] },
  });
}

/** Number of the project, which is in the addresses of Google's own accounts. */
export async function projectNumber({ gcloud }: Ground): Promise<string> {
  const { projectNumber: number } = await gcloud.run(
    "GET",
    `/cloudresourcemanager/v1/projects/${PROJECT}`,
  );
  return String(number);
}
