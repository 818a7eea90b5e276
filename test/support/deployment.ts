import { revealed, type PropertyMap } from "../../rehearsal/emulator/providers/plugin";
import {
  StandIn,
  type Resource,
} from "../../rehearsal/test/emulator/providers/gcp/support/standIn";
import { TestCloud } from "../../rehearsal/test/emulator/cloud/support/testCloud";
import { synthesize, type SynthesisOptions } from "./program";
import type { Registration } from "../../rehearsal/stage/registrations";

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
    private readonly standIn: StandIn,
    private readonly token: string,
  ) {}

  /** A cloud with the bucket and the secret, and an account that has roles in it. */
  static async prepare(grants: Grant[]): Promise<Deployment> {
    const cloud = await TestCloud.start([]);
    const services = "https://serviceusage.googleapis.com/v1/projects/my-project-dev/services";
    await cloud.run("POST", `${services}/secretmanager.googleapis.com:enable`);
    await cloud.run("POST", "https://storage.googleapis.com/storage/v1/b?project=my-project-dev", {
      name: BUCKET,
    });
    const secrets = "https://secretmanager.googleapis.com/v1/projects/my-project-dev/secrets";
    await cloud.run("POST", `${secrets}?secretId=hugging-face`, { replication: { automatic: {} } });
    const { json } = await cloud.call("PUT", `/admin/callers/${DEPLOYER}`, { grants });
    const token = String(json.accessToken);
    const standIn = new StandIn(cloud, { GOOGLE_OAUTH_ACCESS_TOKEN: token });
    await standIn.configure({ project: "my-project-dev" });
    return new Deployment(cloud, standIn, token);
  }

  /**
   * Makes what is not there yet; what is refused is noted, and the program goes on.
   * @param isEnough ends the making once this was refused, since only then nothing more is to be learned
   */
  async up(
    config: SynthesisOptions["config"],
    isEnough: (refusal: string) => boolean = () => false,
  ): Promise<void> {
    this.refused.length = 0;
    const goesOn = () => !this.refused.some(isEnough);
    const { registrations } = await synthesize("dev", {
      config,
      cloud: {
        make: ({ type, name, inputs }) =>
          type.startsWith("gcp:") && goesOn()
            ? this.make(type, name, inputs as PropertyMap)
            : undefined,
        call: ({ token, inputs }) => this.call(token, inputs as PropertyMap),
      },
    });
    this.registrations = registrations;
  }

  private async call(token: string, args: PropertyMap): Promise<object> {
    try {
      const { result } = await this.standIn.provider.invoke({ token, args, preview: false });
      return revealed(result ?? {}) as object;
    } catch (error) {
      // That there is nothing to find is an answer, which the program deals with itself; the SDK hands on the `details`
      // of an error.
      const { message: details } = error as Error;
      const isAnswer = token !== GET_PROJECT && !/ denied on /.test(details);
      if (isAnswer) throw Object.assign(new Error(details), { details });
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
      const resource = before ?? (await this.standIn.create(type, name, inputs));
      if (!before) this.made.push(resource);
      return { id: resource.id, state: revealed(resource.outputs) as object };
    } catch (error) {
      this.refuse(`${type}::${name}`, error);
      return { id: name, state: inputs };
    }
  }

  /** Reads everything, changes everything in place, and takes it away. */
  async liveAndDie(): Promise<void> {
    for (const resource of this.made) await this.standIn.refresh(resource);
    for (const resource of this.made) await this.change(resource);
    for (const resource of [...this.made].reverse()) await this.standIn.delete(resource);
  }

  /** A change of nothing asks for what every change asks for. */
  private async change({ type, id, outputs }: Resource): Promise<void> {
    const change = CHANGES[type];
    if (change === undefined) return;
    const { verb, url, body } = change(id, revealed(outputs) as PropertyMap);
    const { json } = await this.cloud.callAs(this.token, verb, url, body);
    const error = json.error as { code: number; message: string } | undefined;
    if (error?.code === 403) throw new Error(`${type}: ${error.message}`);
    if (!error) await this.cloud.finished(url, json);
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

/** The call by which a resource is changed in place. */
type Change = (id: string, outputs: PropertyMap) => { verb: string; url: string; body: object };

function by(verb: string, api: string, body: object = {}, query = ""): Change {
  return (id) => ({ verb, url: `https://${api}/${id}${query}`, body });
}

/** A set that is taken away and made again as it was. */
const sameRecords: Change = (id, { name, type, ttl, rrdatas, routingPolicy }) => {
  const set = {
    name,
    type,
    ttl,
    ...(rrdatas !== undefined && { rrdatas }),
    ...(routingPolicy !== undefined && { routingPolicy: { geo: {} } }),
  };
  const zone = id.slice(0, id.indexOf("/rrsets/"));
  return {
    verb: "POST",
    url: `https://dns.googleapis.com/dns/v1/${zone}/changes`,
    body: { additions: [set], deletions: [set] },
  };
};

/** A dashboard is changed as a whole, by who says the etag that it has. */
const sameDashboard: Change = (id, { dashboardJson }) => ({
  verb: "PATCH",
  url: `https://monitoring.googleapis.com/v1/${id}`,
  body: JSON.parse(String(dashboardJson)) as object,
});

/** By type, as the provider does it. */
const CHANGES: Record<string, Change> = {
  "gcp:compute/network:Network": by("PATCH", "compute.googleapis.com/compute/beta"),
  "gcp:compute/subnetwork:Subnetwork": (id, { fingerprint }) =>
    by("PATCH", "compute.googleapis.com/compute/beta", { fingerprint })(id, {}),
  "gcp:compute/router:Router": by("PATCH", "compute.googleapis.com/compute/beta"),
  "gcp:compute/firewall:Firewall": by("PATCH", "compute.googleapis.com/compute/beta"),
  "gcp:container/cluster:Cluster": by("PUT", "container.googleapis.com/v1beta1"),
  "gcp:container/nodePool:NodePool": by("PUT", "container.googleapis.com/v1beta1"),
  "gcp:gkehub/membership:Membership": by("PATCH", "gkehub.googleapis.com/v1beta"),
  "gcp:gkehub/feature:Feature": by("PATCH", "gkehub.googleapis.com/v1beta"),
  "gcp:dns/managedZone:ManagedZone": by("PUT", "dns.googleapis.com/dns/v1beta2"),
  "gcp:dns/recordSet:RecordSet": sameRecords,
  "gcp:monitoring/dashboard:Dashboard": sameDashboard,
  "gcp:monitoring/alertPolicy:AlertPolicy": (id, { displayName }) =>
    by(
      "PATCH",
      "monitoring.googleapis.com/v3",
      { displayName: displayName ?? "" },
      "?updateMask=displayName",
    )(id, {}),
  "gcp:serviceaccount/account:Account": by("PATCH", "iam.googleapis.com/v1"),
};
