import * as fs from "node:fs";
import * as path from "node:path";

import { startCloud } from "../../emulator/cloud/daemon";
import { proxyTo } from "../../emulator/google/transport";
import { type PropertyMap, revealed } from "../../emulator/providers/plugin";
import { GcpProvider } from "../../emulator/providers/gcp/provider";

import { idOf } from "../alterations/edit";

import { InProcessGke } from "./inProcessGke";
import type { Inputs, Registered } from "./registered";

/** Version of the plugin that the stand-in is. */
const VERSION = "9.37.0";
/** What the names that the provider makes up end with comes from: always the same. */
const SEED = new Uint8Array([1, 2, 3]);

/** What the provider answers to a creation. */
export interface Created {
  id: string;
  outputs: Inputs;
}

/** The emulated cloud in this process with its proxy, the gcp stand-in; without API servers, which take seconds. */
export class InProcessCloud {
  private constructor(
    private readonly provider: GcpProvider,
    /** Ends it. Its data stays. */
    readonly stop: () => Promise<void>,
  ) {}

  /**
   * @param stateDir of an earlier one, or empty @param settings `gcp:*` of the stack, without the namespace
   * @param discovery folder with the discovery documents of Google's APIs
   */
  static async start(
    stateDir: string,
    settings: PropertyMap,
    discovery: string,
  ): Promise<InProcessCloud> {
    const cloud = await startCloud(
      {
        stateDir,
        binaries: { etcd: "", kubeApiserver: "", kubeControllerManager: "", kubeScheduler: "" },
        crds: { gatewayApi: {}, inferencePool: {} },
        discovery,
        timeScale: 0,
        followParent: false,
      },
      () => Promise.resolve(new InProcessGke()),
    );
    const log = { log: () => undefined, status: () => undefined };
    const read = (file: string) => fs.readFileSync(path.join(stateDir, file), "utf8");
    const proxy = proxyTo(cloud.url, read("pki/ca.crt"));
    const environment = { GOOGLE_OAUTH_ACCESS_TOKEN: read("token").trim() };
    const provider = new GcpProvider(VERSION, environment, log, proxy);
    await provider.configure(settings);
    return new InProcessCloud(provider, async () => {
      await proxy.close();
      await cloud.stop();
    });
  }

  /** @throws Error with what the provider or the cloud refuses */
  async create(resource: Pick<Registered, "type" | "name" | "inputs">): Promise<Created> {
    const inputs = await this.check(resource);
    const { type, name } = resource;
    const request = { urn: urnOf(resource), type, name, inputs, preview: false };
    const { id, outputs } = await this.provider.create(request);
    return { id, outputs: revealed(outputs) as Inputs };
  }

  /** What a function of the provider answers. */
  async call(token: string, args: Inputs): Promise<Inputs> {
    const { result } = await this.provider.invoke({
      token,
      args: args as PropertyMap,
      preview: false,
    });
    return revealed(result ?? {}) as Inputs;
  }

  private async check(
    resource: Pick<Registered, "type" | "name" | "inputs">,
  ): Promise<PropertyMap> {
    const { type, name } = resource;
    const newInputs = resource.inputs as PropertyMap;
    const request = {
      urn: urnOf(resource),
      type,
      name,
      newInputs,
      oldInputs: {},
      randomSeed: SEED,
    };
    const { inputs, failures = [] } = await this.provider.check(request);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return inputs;
  }
}

function urnOf(resource: Pick<Registered, "type" | "name">): string {
  return `urn:pulumi:mutants::inference-gateway::${idOf(resource)}`;
}
