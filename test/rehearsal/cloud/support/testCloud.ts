import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { RunningCloud, startCloud } from "../../../../rehearsal/cloud/daemon";
import { JsonObject } from "../../../../rehearsal/cloud/json";
import { FakeGke } from "./fakeGke";

export const PROJECT = "demo-project";
export const REGION = "europe-west4";

/** What is enabled where a test is not about APIs. */
const APIS = [
  "compute",
  "container",
  "cloudresourcemanager",
  "iam",
  "gkehub",
  "multiclusteringress",
  "trafficdirector",
];

/**
 * An emulated cloud with a state directory of its own and a fake GKE, over HTTP as its clients see
 * it.
 */
export class TestCloud {
  private constructor(
    readonly stateDir: string,
    private running: RunningCloud,
    public gke: FakeGke,
  ) {}

  /** @param apis short names of the APIs to enable at once */
  static async start(apis: string[] = APIS): Promise<TestCloud> {
    const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-test-"));
    const { running, gke } = await launch(stateDir);
    const cloud = new TestCloud(stateDir, running, gke);
    for (const api of apis) await cloud.enable(`${api}.googleapis.com`);
    return cloud;
  }

  get url(): string {
    return this.running.url;
  }

  /**
   * Orderly stop and start with the same state. @param prepare changes the new fake before it is
   * used
   */
  async restart(prepare?: (gke: FakeGke) => void): Promise<void> {
    await this.running.stop();
    ({ running: this.running, gke: this.gke } = await launch(this.stateDir, prepare));
  }

  /** As `restart`, with what a killed daemon leaves behind: its announcement. */
  async restartAfterKill(): Promise<void> {
    const announcement = path.join(this.stateDir, "daemon.json");
    const text = fs.readFileSync(announcement);
    await this.running.stop();
    fs.writeFileSync(announcement, text);
    ({ running: this.running, gke: this.gke } = await launch(this.stateDir));
  }

  /** Stops the cloud while `task` runs. */
  async pause(task: () => Promise<void>): Promise<void> {
    await this.running.stop();
    await task();
    ({ running: this.running, gke: this.gke } = await launch(this.stateDir));
  }

  async stop(): Promise<void> {
    await this.running.stop();
    fs.rmSync(this.stateDir, { recursive: true });
  }

  async enable(api: string): Promise<void> {
    await this.run("POST", `/serviceusage/v1/projects/${PROJECT}/services/${api}:enable`);
  }

  /** One call: HTTP status and body. */
  async call(
    method: string,
    url: string,
    body?: object,
  ): Promise<{ status: number; json: JsonObject }> {
    const response = await fetch(this.url + url, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as JsonObject };
  }

  /**
   * One call and, where it starts an operation, the wait for its end.
   * @throws Error `<code> <message>` of the refusal or of the operation's error
   */
  async run(method: string, url: string, body?: object): Promise<JsonObject> {
    const { status, json } = await this.call(method, url, body);
    if (status >= 300) throw refusal(json.error as JsonObject);
    if (!("metadata" in json) || typeof json.name !== "string") return json;
    return this.finished(json.name);
  }

  /** Waits for an operation. @returns its response @throws Error as `run` */
  async finished(operation: string): Promise<JsonObject> {
    const { json } = await this.call("POST", `/longrunning/v1/${operation}:wait`, {
      timeout: "10s",
    });
    if (json.done !== true) throw new Error(`${operation} is not done`);
    if (json.error) throw refusal(json.error as JsonObject);
    return json.response as JsonObject;
  }
}

function refusal(error: JsonObject): Error {
  return new Error(`${String(error.code)} ${String(error.message)}`);
}

async function launch(stateDir: string, prepare?: (gke: FakeGke) => void) {
  let gke: FakeGke | undefined;
  const config = {
    stateDir,
    binaries: { etcd: "", kubeApiserver: "", kubeControllerManager: "", kubeScheduler: "" },
    crds: { gatewayApi: {}, inferencePool: {} },
    timeScale: 0,
    followParent: false,
  };
  const running = await startCloud(config, async (_config, view) => {
    gke = new FakeGke(view);
    prepare?.(gke);
    return gke;
  });
  if (!gke) throw new Error("the cloud was started without GKE");
  return { running, gke };
}

export const COMPUTE = `/compute/v1/projects/${PROJECT}`;
export const NETWORKS = `${COMPUTE}/global/networks`;
export const CONTAINER = `/container/v1/projects/${PROJECT}/locations/${REGION}`;
export const HUB = `/gkehub/v1/projects/${PROJECT}/locations/global`;

export function subnetworks(region = REGION): string {
  return `${COMPUTE}/regions/${region}/subnetworks`;
}

export async function makeNetwork(cloud: TestCloud, name = "vpc"): Promise<void> {
  await cloud.run("POST", NETWORKS, { name, autoCreateSubnetworks: false });
}

/** A subnet `nodes` with ranges `pods` and `services`. */
export async function makeSubnet(cloud: TestCloud, overrides: object = {}): Promise<void> {
  await cloud.run("POST", subnetworks(), { ...SUBNET, ...overrides });
}

export const SUBNET = {
  name: "nodes",
  network: "vpc",
  ipCidrRange: "10.0.0.0/20",
  secondaryIpRanges: [
    { rangeName: "pods", ipCidrRange: "10.16.0.0/14" },
    { rangeName: "services", ipCidrRange: "10.32.0.0/20" },
  ],
};

export const CLUSTER = {
  name: "eu",
  initialNodeCount: 1,
  network: `projects/${PROJECT}/global/networks/vpc`,
  subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
  ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
  releaseChannel: { channel: "RAPID" },
  initialClusterVersion: "1.34.12-gke.1011000",
  podAutoscaling: { hpaProfile: "PERFORMANCE" },
  networkConfig: { gatewayApiConfig: { channel: "CHANNEL_STANDARD" } },
  workloadIdentityConfig: { workloadPool: `${PROJECT}.svc.id.goog` },
};

export const CLUSTER_NAME = `projects/${PROJECT}/locations/${REGION}/clusters/eu`;

/** Network, subnet and the cluster `eu`. */
export async function makeCluster(cloud: TestCloud, overrides: object = {}): Promise<void> {
  await makeNetwork(cloud);
  await makeSubnet(cloud);
  await cloud.run("POST", `${CONTAINER}/clusters`, { cluster: { ...CLUSTER, ...overrides } });
}

export async function makeMembership(cloud: TestCloud, id = "eu"): Promise<void> {
  await cloud.run("POST", `${HUB}/memberships?membershipId=${id}`, membership());
}

export function membership(cluster = CLUSTER_NAME) {
  return {
    endpoint: { gkeCluster: { resourceLink: `//container.googleapis.com/${cluster}` } },
    authority: { issuer: `https://container.googleapis.com/v1/${cluster}` },
  };
}

export const INGRESS = {
  spec: {
    multiclusteringress: {
      configMembership: `projects/${PROJECT}/locations/global/memberships/eu`,
    },
  },
};
