import { revealed, type PropertyMap } from "../../rehearsal/providers/plugin";
import { Door, type Resource } from "../rehearsal/cloud/door/support/door";
import { TestCloud } from "../rehearsal/cloud/support/testCloud";
import { synthesize, type SynthesisOptions } from "./program";
import type { Registration } from "./registrations";

export const DEPLOYER = "deployer@my-project-dev.iam.gserviceaccount.com";

const GET_PROJECT = "gcp:organizations/getProject:getProject";

export interface Grant {
  role: string;
  resource: string;
}

/** What a bucket and a secret are called that a stack finds in its project. */
export const BUCKET = "model-weights";
export const SECRET = "projects/my-project-dev/secrets/hugging-face";

/** Google Cloud's part of the stack `dev`, made by an account with some roles. */
export class Deployment {
  readonly made: Resource[] = [];
  /** What was refused, as `type::name: message`. */
  readonly refused: string[] = [];
  registrations: Registration[] = [];

  private constructor(
    readonly cloud: TestCloud,
    private readonly door: Door,
    private readonly token: string,
  ) {}

  /** A cloud with the bucket and the secret, and an account that has roles in it. */
  static async prepare(grants: Grant[]): Promise<Deployment> {
    const cloud = await TestCloud.start([]);
    const services = "/serviceusage/v1/projects/my-project-dev/services";
    await cloud.run("POST", `${services}/secretmanager.googleapis.com:enable`);
    await cloud.run("POST", "/storage/v1/b?project=my-project-dev", { name: BUCKET });
    const secrets = "/secretmanager/v1/projects/my-project-dev/secrets";
    await cloud.run("POST", `${secrets}?secretId=hugging-face`, { replication: { automatic: {} } });
    const { json } = await cloud.call("PUT", `/admin/callers/${DEPLOYER}`, { grants });
    const token = String(json.accessToken);
    const door = new Door(cloud.url, { GOOGLE_OAUTH_ACCESS_TOKEN: token });
    await door.configure({ project: "my-project-dev" });
    return new Deployment(cloud, door, token);
  }

  /** Makes what is not there yet; what is refused is noted, and the program goes on. */
  async up(config: SynthesisOptions["config"]): Promise<void> {
    this.refused.length = 0;
    const { registrations } = await synthesize("dev", {
      config,
      cloud: {
        make: ({ type, name, inputs }) =>
          type.startsWith("gcp:") ? this.make(type, name, inputs as PropertyMap) : undefined,
        call: ({ token, inputs }) => this.call(token, inputs as PropertyMap),
      },
    });
    this.registrations = registrations;
  }

  private async call(token: string, args: PropertyMap): Promise<object> {
    try {
      const { result } = await this.door.provider.invoke({ token, args, preview: false });
      return revealed(result ?? {}) as object;
    } catch (error) {
      // A refusal of the other functions is an answer, which the program deals with itself; `details` is what of an
      // error the SDK hands on.
      const { message: details } = error as Error;
      if (token !== GET_PROJECT) throw Object.assign(new Error(details), { details });
      this.refuse(token, error);
      return {};
    }
  }

  private refuse(what: string, error: unknown): void {
    const message = (error as Error).message.replace(/^1 error occurred:\s*\*\s*/, "").trim();
    this.refused.push(`${what}: ${message}`);
  }

  private async make(type: string, name: string, inputs: PropertyMap) {
    try {
      const before = this.made.find((other) => other.type === type && other.name === name);
      const resource = before ?? (await this.door.create(type, name, inputs));
      if (!before) this.made.push(resource);
      return { id: resource.id, state: revealed(resource.outputs) as object };
    } catch (error) {
      this.refuse(`${type}::${name}`, error);
      return { id: name, state: inputs };
    }
  }

  /** Reads everything, changes everything in place, and takes it away. */
  async liveAndDie(): Promise<void> {
    for (const resource of this.made) await this.door.refresh(resource);
    for (const resource of this.made) await this.change(resource);
    for (const resource of [...this.made].reverse()) await this.door.delete(resource);
  }

  /** A change of nothing asks for what every change asks for. */
  private async change({ type, id }: Resource): Promise<void> {
    const api = APIS[type];
    if (api === undefined) return;
    const headers = { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.cloud.url}/${api}/${id}`, {
      method: "PATCH",
      headers,
      body: "{}",
    });
    const { error, name } = (await response.json()) as Answer;
    if (error?.code === 403) throw new Error(`${type}: ${error.message}`);
    if (name?.includes("/operations/")) await this.cloud.finished(name);
  }

  /** What the account was asked for. */
  async permissions(): Promise<string[]> {
    const { json } = await this.cloud.call("GET", `/admin/callers/${DEPLOYER}`);
    return json.permissions as string[];
  }

  /** Gives the account other roles. */
  async grant(grants: Grant[]): Promise<void> {
    await this.cloud.call("PUT", `/admin/callers/${DEPLOYER}`, { grants });
  }

  stop(): Promise<void> {
    return this.cloud.stop();
  }
}

interface Answer {
  error?: { code: number; message: string };
  name?: string;
}

/** Types that are changed in place, by the API that does it. */
const APIS: Record<string, string> = {
  "gcp:compute/network:Network": "compute/v1",
  "gcp:compute/subnetwork:Subnetwork": "compute/v1",
  "gcp:compute/router:Router": "compute/v1",
  "gcp:compute/firewall:Firewall": "compute/v1",
  "gcp:container/cluster:Cluster": "container/v1",
  "gcp:container/nodePool:NodePool": "container/v1",
  "gcp:gkehub/membership:Membership": "gkehub/v1",
  "gcp:gkehub/feature:Feature": "gkehub/v1",
  "gcp:dns/managedZone:ManagedZone": "dns/v1",
  "gcp:dns/recordSet:RecordSet": "dns/v1",
  "gcp:serviceaccount/account:Account": "iam/v1",
};
