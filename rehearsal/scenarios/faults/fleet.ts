import { EngineError } from "../../stage/engine";

import { expectWords } from "./expectWords";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

const PROJECT = "my-project-dev";
const LOCATION = `projects/${PROJECT}/locations/us-central1`;
const HUB = `https://gkehub.googleapis.com/v1/projects/${PROJECT}/locations/global`;
const EDGE = `projects/${PROJECT}/locations/global/memberships/edge`;
const APIS = ["compute", "container", "gkehub", "multiclusteringress", "trafficdirector"];

/** Somebody else's fleet. */
export const fleetDrills: Drill[] = [{ name: "fleetIsSomebodyElses", run: somebodyElses }];

/** The provider would take the feature over; the stack says whose it is, and leaves it. Once it is free, `up` goes. */
async function somebodyElses(sandbox: Sandbox): Promise<void> {
  await makeTheirs(sandbox);
  const said = await sandbox.up().then(
    () => "it passed",
    (error: unknown) => (error instanceof EngineError ? error.message : String(error)),
  );
  expectWords(said.replace(/\s+/g, " "), [
    new RegExp(
      `The fleet of project ${PROJECT} has the feature multiclusteringress already, and its config membership ${EDGE} ` +
        "is none of this stack's \\(gke-east, gke-west\\)\\.",
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
async function makeTheirs({ cloud: { google } }: Sandbox): Promise<void> {
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
