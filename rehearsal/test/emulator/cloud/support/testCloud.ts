import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Dispatcher } from "undici";

import { DataPlane } from "../../../../emulator/cloud/config";
import { RunningCloud, startCloud } from "../../../../emulator/cloud/daemon";
import { Json, JsonObject } from "../../../../emulator/cloud/json";
import { Google } from "../../../../emulator/google/client";
import { Refusal } from "../../../../emulator/google/refusal";
import { proxyTo, through, type Transport } from "../../../../emulator/google/transport";
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
  /** What was answered and no version of Google's APIs would answer. */
  private readonly wrongAnswers: Json[] = [];
  private isShutDown = false;

  private constructor(
    readonly stateDir: string,
    private launched: Launched,
  ) {}

  /** @param apis short names of the APIs to enable at once @param dataPlane of the daemon's configuration */
  static async start(apis: string[] = APIS, dataPlane?: DataPlane): Promise<TestCloud> {
    const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-test-"));
    const hasApis = inherit(stateDir, apis.join());
    const cloud = new TestCloud(stateDir, await launch(stateDir, undefined, dataPlane));
    if (hasApis) return cloud;
    for (const api of apis) await cloud.enable(`${api}.googleapis.com`);
    states.set(apis.join(), contents(stateDir, STATE));
    return cloud;
  }

  get url(): string {
    return this.launched.running.url;
  }

  get gke(): FakeGke {
    return this.launched.gke;
  }

  /**
   * Orderly stop and start with the same state. @param prepare changes the new fake before it is
   * used
   */
  async restart(prepare?: (gke: FakeGke) => void): Promise<void> {
    await this.end();
    this.launched = await launch(this.stateDir, prepare);
  }

  /** As `restart`, with what a killed daemon leaves behind: its announcement. */
  async restartAfterKill(): Promise<void> {
    const announcement = path.join(this.stateDir, "daemon.json");
    const text = fs.readFileSync(announcement);
    await this.end();
    fs.writeFileSync(announcement, text);
    this.launched = await launch(this.stateDir);
  }

  /** Stops the cloud while `task` runs. */
  async pause(task: () => Promise<void>): Promise<void> {
    await this.end();
    await task();
    this.launched = await launch(this.stateDir);
  }

  /** @throws Error that lists what was answered and no version of Google's APIs would answer */
  async stop(): Promise<void> {
    await this.end();
    fs.rmSync(this.stateDir, { recursive: true });
    expect(this.wrongAnswers).toEqual([]);
  }

  /** Ends the daemon by its own API. */
  async shutDown(): Promise<void> {
    await this.collectWrongAnswers();
    await this.call("POST", "/admin/shutdown");
    await this.launched.running.stopped;
    this.isShutDown = true;
  }

  /** The way to Google's hosts that leads to this cloud, also after it was started anew. */
  get way(): Dispatcher {
    return new Way(() => this.launched.proxy);
  }

  /** Of the owner of every project. */
  get token(): string {
    return fs.readFileSync(path.join(this.stateDir, "token"), "utf8").trim();
  }

  /** Google's REST, as the owner of every project or as whoever has a token. */
  google(token?: string): Google {
    return new Google(this.transport(token));
  }

  async enable(api: string): Promise<void> {
    await this.run("POST", `${SERVICES}/${api}:enable`);
  }

  /** One of Google's calls by whoever has a token. */
  async callAs(token: string, method: string, url: string, body?: object): Promise<Answer> {
    return (await this.transport(token)({ verb: method, url, body })) as Answer;
  }

  /**
   * One call: HTTP status and body.
   * @param url Google's own, or a path of the emulated cloud's own API
   */
  async call(method: string, url: string, body?: object): Promise<Answer> {
    if (!url.startsWith("/")) {
      return (await this.transport()({ verb: method, url, body })) as Answer;
    }
    const response = await fetch(this.url + url, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as JsonObject };
  }

  /**
   * One call and, where it starts an operation, the wait for its end.
   * @returns what was asked for or made @throws Error `<code> <message>` of the refusal or of the operation's error
   */
  async run(method: string, url: string, body?: object): Promise<JsonObject> {
    return this.finished(url, await this.start(method, url, body));
  }

  /** One call, without a wait. @throws Error as `run` */
  async start(method: string, url: string, body?: object): Promise<JsonObject> {
    const { status, json } = await this.call(method, url, body);
    if (status < 300) return json;
    const { code, message } = json.error as JsonObject;
    throw new Error(`${String(code)} ${String(message)}`);
  }

  /** Waits for what a call began. @param url of that call @throws Error as `run` */
  async finished(url: string, answer: JsonObject): Promise<JsonObject> {
    if (url.startsWith("/")) return answer;
    try {
      return (await this.google().finish(url, answer)) as JsonObject;
    } catch (error) {
      throw error instanceof Refusal ? new Error(`${error.code} ${error.message}`) : error;
    }
  }

  private async collectWrongAnswers(): Promise<void> {
    const { json } = await this.call("GET", "/admin/wire");
    this.wrongAnswers.push(...(json.wrongAnswers as Json[]));
  }

  private async end(): Promise<void> {
    if (!this.isShutDown) await this.collectWrongAnswers();
    await this.launched.proxy.destroy();
    await this.launched.running.stop();
  }

  private transport(token?: string): Transport {
    return through(
      () => this.launched.proxy,
      () => Promise.resolve(token ?? this.token),
    );
  }
}

/** Leads to where the cloud is now. */
class Way extends Dispatcher {
  constructor(private readonly proxy: () => Dispatcher) {
    super();
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    return this.proxy().dispatch(options, handler);
  }
}

interface Answer {
  status: number;
  json: JsonObject;
}

interface Launched {
  running: RunningCloud;
  gke: FakeGke;
  /** By which Google's hosts are reached. */
  proxy: ReturnType<typeof proxyTo>;
}

const CA = path.join("pki", "ca.crt");
const PKI = [CA, path.join("pki", "ca.key")];
const STATE = ["cloud.json"];
/** Contents of files of a state directory, by their path in it. */
type Files = Record<string, Buffer>;
/** The certificate authority of the first cloud of a test file, since making one takes longer than most tests. */
let authority: Files = {};
/** States of the first clouds, by their APIs: enabling those takes more requests than most tests make. */
const states = new Map<string, Files>();

/** Gives a cloud what an earlier one began with. @returns whether its APIs are enabled by that */
function inherit(stateDir: string, apis: string): boolean {
  const state = states.get(apis);
  fs.mkdirSync(path.join(stateDir, "pki"));
  for (const [file, content] of Object.entries({ ...authority, ...state })) {
    fs.writeFileSync(path.join(stateDir, file), content);
  }
  return state !== undefined;
}

function contents(stateDir: string, files: string[]): Files {
  return Object.fromEntries(
    files.map((file) => [file, fs.readFileSync(path.join(stateDir, file))]),
  );
}

async function launch(
  stateDir: string,
  prepare?: (gke: FakeGke) => void,
  dataPlane?: DataPlane,
): Promise<Launched> {
  let gke: FakeGke | undefined;
  const config = {
    stateDir,
    binaries: { etcd: "", kubeApiserver: "", kubeControllerManager: "", kubeScheduler: "" },
    crds: { gatewayApi: {}, inferencePool: {} },
    discovery: process.env.DISCOVERY_DOCUMENTS ?? "",
    timeScale: 0,
    followParent: false,
    ...(dataPlane && { dataPlane }),
  };
  const running = await startCloud(config, async (_config, view) => {
    gke = new FakeGke(view);
    prepare?.(gke);
    return gke;
  });
  if (!gke) throw new Error("the cloud was started without GKE");
  authority = contents(stateDir, PKI);
  return { running, gke, proxy: proxyTo(running.url, String(authority[CA])) };
}

export const SERVICES = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services`;
export const RESOURCE_MANAGER = `https://cloudresourcemanager.googleapis.com/v1/projects/${PROJECT}`;
export const IAM = `https://iam.googleapis.com/v1/projects/${PROJECT}`;
export const BUCKETS = "https://storage.googleapis.com/storage/v1/b";
export const SECRETS = `https://secretmanager.googleapis.com/v1/projects/${PROJECT}/secrets`;
export const COMPUTE = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}`;
export const NETWORKS = `${COMPUTE}/global/networks`;
export const CONTAINER = `https://container.googleapis.com/v1/projects/${PROJECT}/locations/${REGION}`;
export const HUB = `https://gkehub.googleapis.com/v1/projects/${PROJECT}/locations/global`;

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
