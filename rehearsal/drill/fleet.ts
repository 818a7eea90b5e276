import { EngineError } from "../rehearse/engine";

import { expectWords } from "./expectWords";
import type { FaultDrill } from "./faults";
import type { Ground } from "./ground";

const PROJECT = "my-project-dev";
const LOCATION = `projects/${PROJECT}/locations/us-central1`;
const HUB = `/gkehub/v1/projects/${PROJECT}/locations/global`;
const EDGE = `projects/${PROJECT}/locations/global/memberships/edge`;
const APIS = ["compute", "container", "gkehub", "multiclusteringress", "trafficdirector"];

/** Somebody else's fleet. */
export const fleetDrills: FaultDrill[] = [{ name: "fleetIsSomebodyElses", run: somebodyElses }];

/** The provider would take the feature over; the stack says whose it is, and leaves it. Once it is free, `up` goes. */
async function somebodyElses(ground: Ground): Promise<void> {
  await makeTheirs(ground);
  const said = await ground.up().then(
    () => "it passed",
    (error: unknown) => (error instanceof EngineError ? error.message : String(error)),
  );
  expectWords(said.replace(/\s+/g, " "), [
    new RegExp(
      `The fleet of project ${PROJECT} has the feature multiclusteringress already, and its config membership ${EDGE} ` +
        "is none of this stack's \\(gke-east, gke-west\\)\\.",
    ),
  ]);
  const clusters = (await ground.cloud.clusters()).map(({ id }) => id);
  if (clusters.join() !== `${LOCATION}/clusters/edge`)
    throw new Error(`made: ${clusters.join(", ")}`);
  const { spec } = await ground.cloud.google("GET", `${HUB}/features/multiclusteringress`);
  if (!JSON.stringify(spec).includes(EDGE)) throw new Error(`moved: ${JSON.stringify(spec)}`);

  await ground.cloud.google("DELETE", `${HUB}/features/multiclusteringress`);
  await ground.up();
  await ground.verify();
}

/** A cluster of another team in the same project, which holds its gateways. */
async function makeTheirs({ cloud }: Ground): Promise<void> {
  for (const api of APIS)
    await cloud.google(
      "POST",
      `/serviceusage/v1/projects/${PROJECT}/services/${api}.googleapis.com:enable`,
    );
  const compute = `/compute/v1/projects/${PROJECT}`;
  await cloud.google("POST", `${compute}/global/networks`, { name: "theirs" });
  await cloud.google("POST", `${compute}/regions/us-central1/subnetworks`, {
    name: "edge",
    network: "theirs",
    ipCidrRange: "10.0.0.0/20",
  });
  const cluster = {
    name: "edge",
    initialNodeCount: 1,
    network: `projects/${PROJECT}/global/networks/theirs`,
    subnetwork: `projects/${PROJECT}/regions/us-central1/subnetworks/edge`,
  };
  await finished(
    cloud,
    await cloud.google("POST", `/container/v1/${LOCATION}/clusters`, { cluster }),
  );
  await cloud.google("POST", `${HUB}/memberships?membershipId=edge`, {
    endpoint: {
      gkeCluster: { resourceLink: `//container.googleapis.com/${LOCATION}/clusters/edge` },
    },
  });
  await cloud.google("POST", `${HUB}/features?featureId=multiclusteringress`, {
    spec: { multiclusteringress: { configMembership: EDGE } },
  });
}

/** Waits for a long-running operation. */
async function finished(cloud: Ground["cloud"], { name }: Record<string, unknown>): Promise<void> {
  const { done, error } = await cloud.google("POST", `/longrunning/v1/${String(name)}:wait`, {
    timeout: "60s",
  });
  if (done !== true || error !== undefined)
    throw new Error(`${String(name)}: ${JSON.stringify(error)}`);
}
