import type { Json } from "../../../emulator/google/json";
import { refused, until } from "../expect";
import {
  clusterName,
  container,
  EAST,
  enableApis,
  grant,
  type Guide,
  hub,
  type Place,
  PROJECT,
  projectNumber,
  WEST,
} from "../guide";
import type { Show } from "../show";

import { gpuPool } from "./clusters";

/** "Register clusters with a fleet", and the feature that makes multi-cluster Gateways. */
export async function registerFleet(guide: Guide, show: Show): Promise<void> {
  await show.demonstrate(17, () => missingPieces(guide));
  await show.demonstrate(10, () => zonalLocations(guide));
  await show.demonstrate(25, () => registeredTwice(guide));
  await register(guide, EAST);
}

/** `gcloud container fleet memberships register --gke-cluster LOCATION/NAME --location=global`. */
function register(
  { cloud: { google } }: Guide,
  place: Place,
  location = place.region,
): Promise<Json> {
  const cluster = clusterName(place, location);
  return google.run("POST", hub(`memberships?membershipId=${place.name}`), {
    endpoint: { gkeCluster: { resourceLink: `//container.googleapis.com/${cluster}` } },
    authority: { issuer: `https://container.googleapis.com/v1/${cluster}` },
  });
}

/** Node pool, credentials and membership of a regional cluster, with a zone for its location. */
async function zonalLocations(guide: Guide): Promise<string[]> {
  const { google } = guide.cloud;
  const cluster = `clusters/${EAST.name}`;
  const pools = container(EAST.zone, `${cluster}/nodePools`);
  const refusals = [
    await refused(google.call("POST", pools, gpuPool(EAST))),
    await refused(google.call("GET", container(EAST.zone, cluster))),
    await refused(register(guide, EAST, EAST.zone)),
  ];
  await google.call("GET", container(EAST.region, cluster));
  return [...new Set(refusals)];
}

/** The cluster's own `fleet` block registers it at its region; the how-to's command comes too late. */
async function registeredTwice(guide: Guide): Promise<string[]> {
  const { google } = guide.cloud;
  const path = container(EAST.region, `clusters/${EAST.name}`);
  await google.run("PUT", path, { update: { desiredFleet: { project: PROJECT } } });
  try {
    return [await refused(register(guide, EAST))];
  } finally {
    await google.run("PUT", path, { update: { desiredFleet: { project: "" } } });
  }
}

/** What fleet and feature need beyond what the how-to enables and grants, one after the other. */
async function missingPieces(guide: Guide): Promise<string[]> {
  const refusals = [await refusedWithout(guide, "gkehub", () => register(guide, WEST))];
  await register(guide, WEST);
  for (const api of ["multiclusteringress", "trafficdirector"]) {
    refusals.push(await refusedWithout(guide, api, () => enableFeature(guide)));
  }
  await enableFeature(guide);
  return [...refusals, await whyNoImports(guide)];
}

/** What a call is refused with before an API is enabled; then it is. */
async function refusedWithout(
  guide: Guide,
  api: string,
  call: () => Promise<Json>,
): Promise<string> {
  const refusal = await refused(call());
  await enableApis(guide, [api]);
  // Without the address at which to enable it.
  return refusal.replace(/ Enable it by visiting .*/, "");
}

/** The feature is on, but its controller must not read the clusters until it gets the role. */
async function whyNoImports(guide: Guide): Promise<string> {
  const start = `project ${PROJECT}: no pool is imported: `;
  const complaint = async () =>
    (await guide.cloud.diagnose()).find((line) => line.startsWith(start));
  const said = await until("a word on imports", complaint);
  await enableApis(guide, ["cloudresourcemanager"]);
  await makeAgent(guide);
  const number = await projectNumber(guide);
  const agent = `service-${number}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
  await grant(guide, "roles/container.admin", `serviceAccount:${agent}`);
  await until("no word on imports", async () => (await complaint()) === undefined);
  return said.replace(agent, "service-NUMBER@gcp-sa-multiclusteringress...");
}

/** `gcloud container fleet ingress enable --config-membership=...`. */
function enableFeature({ cloud: { google } }: Guide): Promise<Json> {
  const configMembership = `projects/${PROJECT}/locations/global/memberships/${WEST.name}`;
  return google.run("POST", hub("features?featureId=multiclusteringress"), {
    spec: { multiclusteringress: { configMembership } },
  });
}

/** Google creates the controller's account only on request. */
async function makeAgent({ cloud: { google } }: Guide): Promise<void> {
  const api = "multiclusteringress.googleapis.com";
  const services = `https://serviceusage.googleapis.com/v1beta1/projects/${PROJECT}/services`;
  await google.run("POST", `${services}/${api}:generateServiceIdentity`);
}
