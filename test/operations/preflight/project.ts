import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { DEPLOYER_ROLES } from "../../../catalog/deployerRoles";
import { checks } from "../../../operations/preflight/checks";
import type { Check } from "../../../operations/preflight/checks/check";
import type { Finding } from "../../../operations/preflight/finding";
import { Google, type Answer, type Request } from "../../../operations/preflight/google/client";
import { HuggingFace } from "../../../operations/preflight/huggingFace";
import { type Candidate, preflight } from "../../../operations/preflight/preflight";
import type { Report } from "../../../operations/preflight/report";
import { Made } from "../../../operations/preflight/target";
import { readSettings } from "../../../operations/support/settings";
import type { StateResource } from "../../../operations/support/engine";
import { type Grant, grantsFor } from "../../../rehearsal/stage/deployer";
import { TestCloud } from "../../../rehearsal/test/emulator/cloud/support/testCloud";
import { stackValues } from "../../support/program";

export const PROJECT = "my-project-dev";
export const DEPLOYER = `deployer@${PROJECT}.iam.gserviceaccount.com`;
/** What the stack has, and what Hugging Face knows. */
export const TOKEN = "hf_do-not-tell";

export const SERVICES = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services`;
export const COMPUTE = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}`;
export const CONTAINER = `https://container.googleapis.com/v1/projects/${PROJECT}/locations`;
export const HUB = `https://gkehub.googleapis.com/v1/projects/${PROJECT}/locations/global`;

type Config = Record<string, unknown>;

type CannedAnswer = Answer | Error | ((request: Request) => Answer);

/** How a run of the command differs from one that finds all well. */
export interface Situation {
  /** Keys of the stack, laid over those of dev. */
  config?: Config;
  /** What the account has, of the roles that the stack needs. */
  grants?: (grants: Grant[]) => Grant[];
  /** What the stack has made already. */
  resources?: StateResource[];
  /** Answers in place of the cloud's, by a part of the URL. */
  answers?: Record<string, CannedAnswer>;
  /** Of Hugging Face, by path: the status, and its short word. */
  hub?: Record<string, [status: number, errorCode?: string]>;
  accessToken?: string;
}

/** The project of stack dev, in an emulated cloud of its own. */
export class TestProject {
  readonly requests: Request[] = [];

  private constructor(
    readonly cloud: TestCloud,
    private readonly hub: FakeHub,
  ) {}

  /** @param apis short names of those that are enabled */
  static async start(apis: string[] = [...EVERY_API]): Promise<TestProject> {
    const cloud = await TestCloud.start([]);
    for (const api of apis) await cloud.run("POST", `${SERVICES}/${api}.googleapis.com:enable`);
    return TestProject.of(cloud);
  }

  /** The project in a cloud that has something already. */
  static async of(cloud: TestCloud): Promise<TestProject> {
    return new TestProject(cloud, await FakeHub.start());
  }

  async stop(): Promise<void> {
    this.hub.stop();
    await this.cloud.stop();
  }

  async ask(situation: Situation = {}, chosen: readonly Check[] = checks): Promise<Report> {
    const { config = {}, resources = [] } = situation;
    const { grants = (all) => all, answers = {}, hub = {} } = situation;
    this.hub.answers = hub;
    const isSecret = (key: string) => key === "inference-gateway:huggingFaceToken";
    const values = Object.entries(stackValues("dev", { huggingFaceToken: TOKEN, ...config }));
    const given = values.map(([key, value]) => [key, { value, secret: isSecret(key) }] as const);
    const names = { stack: "dev", project: "inference-gateway" };
    const read = readSettings(Object.fromEntries(given), names);
    const accessToken = situation.accessToken ?? (await this.admit(grants(grantsOf(config))));
    const candidate: Candidate = {
      ...{ stack: "dev", namespace: "inference-gateway" },
      ...{ settings: read.settings, token: read.token, advice: read.advice },
      made: new Made({ resources }),
      project: PROJECT,
      credentials: { from: "GOOGLE_CREDENTIALS", renew: "gcloud auth application-default login" },
      google: new Google((request) => this.send(request, accessToken, answers)),
      huggingFace: new HuggingFace(this.hub.url),
    };
    return preflight(candidate, chosen);
  }

  /** What one check finds. */
  async findings(check: string, situation: Situation = {}): Promise<Finding[]> {
    const { rows } = await this.ask(
      situation,
      checks.filter(({ name }) => name === check),
    );
    return rows
      .filter((row) => row.check === check)
      .map(({ status, found, fix }) => ({ status, found, ...(fix !== undefined && { fix }) }));
  }

  /** What the account was asked for. */
  async permissions(): Promise<string[]> {
    const { json } = await this.cloud.call("GET", `/admin/callers/${DEPLOYER}`);
    return json.permissions as string[];
  }

  async admit(grants: Grant[]): Promise<string> {
    const { json } = await this.cloud.call("PUT", `/admin/callers/${DEPLOYER}`, { grants });
    return String(json.accessToken);
  }

  private async send(
    request: Request,
    accessToken: string,
    answers: Record<string, CannedAnswer>,
  ): Promise<Answer> {
    this.requests.push(request);
    const { method, url, body } = request;
    const [, answer] = Object.entries(answers).find(([part]) => url.includes(part)) ?? [];
    if (answer instanceof Error) throw answer;
    if (answer) return typeof answer === "function" ? answer(request) : answer;
    const { status, json } = await this.cloud.callAs(accessToken, method, url, body);
    return { status, body: json };
  }
}

/** Those that the stack dev needs, and the optional ones. */
const EVERY_API = [
  ...["autoscaling", "cloudresourcemanager", "compute", "container", "dns", "gkehub", "iam"],
  ...["logging", "monitoring", "multiclusteringress", "multiclusterservicediscovery"],
  ...["networkservices", "trafficdirector", "secretmanager", "storage"],
] as const;

export function grantsOf(config: Config): Grant[] {
  const settings = Object.entries(config).map(([key, value]) => [
    `inference-gateway:${key}`,
    value,
  ]);
  return grantsFor(DEPLOYER_ROLES, { "gcp:project": PROJECT, ...Object.fromEntries(settings) });
}

/** Hugging Face, on this machine: every repository may be loaded, unless it answers otherwise. */
class FakeHub {
  answers: Required<Situation>["hub"] = {};
  readonly asked: string[] = [];

  private constructor(private readonly server: http.Server) {}

  static async start(): Promise<FakeHub> {
    const server = http.createServer();
    const hub = new FakeHub(server);
    server.on("request", (request, response) => {
      const path = request.url ?? "";
      const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
      const [status, code] = isKnown ? (hub.answers[path] ?? [200]) : [401];
      response.writeHead(status, code === undefined ? {} : { "x-error-code": code });
      response.end("{}");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
