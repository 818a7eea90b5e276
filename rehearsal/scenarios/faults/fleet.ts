import { EngineError } from "../../stage/engine";

import { expectWords } from "../expectWords";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

const PROJECT = "my-project-dev";
const LOCATION = `projects/${PROJECT}/locations/us-central1`;
const HUB = `https://gkehub.googleapis.com/v1/projects/${PROJECT}/locations/global`;
const EDGE = `projects/${PROJECT}/locations/global/memberships/edge`;
const APIS = ["compute", "container", "gkehub", "multiclusteringress", "trafficdirector"];

/** A fleet that another team uses. */
export const fleetDrills: Drill[] = [{ name: "fleetIsSomebodyElses", run: somebodyElses }];

/**
 * The provider would take the feature over; the program names its config membership and refuses. Once the feature is
 * disabled, `up` passes.
 */
async function somebodyElses(sandbox: Sandbox): Promise<void> {
  await makeTheirs(sandbox);
  const said = await sandbox.up().then(
    () => "it passed",
    (error: unknown) => (error instanceof EngineError ? error.message : String(error)),
  );
  expectWords(said.replace(/\s+/g, " "), [
    new RegExp(
      `The fleet of project ${PROJECT} already has the feature multiclusteringress with the config membership ${EDGE}; ` +
        "allowed: one of this stack's \\(gke-east, gke-west\\)\\.",
    ),
  ]);
  const clusters = (await sandbox.cloud.clusters()).map(({ id }) => id);
  if (clusters.join() !== `${LOCATION}/clusters/edge`) {
    throw new Error(`made: ${clusters.join(", ")}`);
  }
  const { google } = sandbox.cloud;
  const { spec } = await google.call("GET", `${HUB}/features/multiclusteringress`);
  if (!JSON.stringify(spec).includes(EDGE)) throw new Error(`moved: ${JSON.stringify(spec)}`);

  await google.run("DELETE", `${HUB}/features/multiclusteringress`);
  await sandbox.up();
  await sandbox.verify();
}

/** A cluster of another team in the same project, which holds its gateways. */
export async function makeTheirs({ cloud: { google } }: Sandbox): Promise<void> {
  const services = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services`;
  await google.run("POST", `${services}:batchEnable`, {
    serviceIds: APIS.map((api) => `${api}.googleapis.com`),
  });
  const compute = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}`;
  const network = `projects/${PROJECT}/global/networks/theirs`;
  await google.run("POST", `${compute}/global/networks`, {
    name: "theirs",
    autoCreateSubnetworks: false,
  });
  await google.run("POST", `${compute}/regions/us-central1/subnetworks`, {
    name: "edge",
    network,
    ipCidrRange: "10.0.0.0/20",
  });
  const cluster = {
    name: "edge",
    initialNodeCount: 1,
    network,
    subnetwork: `projects/${PROJECT}/regions/us-central1/subnetworks/edge`,
  };
  await google.run("POST", `https://container.googleapis.com/v1/${LOCATION}/clusters`, { cluster });
  await google.run("POST", `${HUB}/memberships?membershipId=edge`, {
    endpoint: {
      gkeCluster: { resourceLink: `//container.googleapis.com/${LOCATION}/clusters/edge` },
    },
  });
  await google.run("POST", `${HUB}/features?featureId=multiclusteringress`, {
    spec: { multiclusteringress: { configMembership: EDGE } },
  });
}
