import { type Dispatcher, ProxyAgent } from "undici";

import { GcpProvider } from "../../../../../emulator/providers/gcp/provider";
import {
  DiffResponse,
  PropertyMap,
  revealed,
  Value,
} from "../../../../../emulator/providers/plugin";
import { PROJECT, TestCloud } from "../../../cloud/support/testCloud";

/** A resource as the engine keeps it in the state. */
export interface Resource {
  type: string;
  name: string;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

/** Random numbers as the engine hands them over, always the same. */
const SEED = new Uint8Array([1, 2, 3]);
/** What the seed makes of an auto-name. */
export const SUFFIX = "039058c";

/** The stand-in as the engine uses it: check, diff, create, read, update, delete. */
export class StandIn {
  readonly warnings: string[] = [];
  readonly provider: GcpProvider;

  /**
   * @param cloud left out, nothing answers
   * @param environment by default with the token of the owner of every project
   * @param way to Google's hosts, where it is not the cloud's own
   */
  constructor(cloud?: TestCloud, environment: Record<string, string> = {}, way = wayTo(cloud)) {
    const log = {
      log: (_s: string, message: string) => void this.warnings.push(message),
      status() {},
    };
    const own = cloud && { GOOGLE_OAUTH_ACCESS_TOKEN: cloud.token };
    this.provider = new GcpProvider("9.37.0", { ...own, ...environment }, log, way);
  }

  async configure(
    settings: PropertyMap = { project: PROJECT, region: "europe-west4" },
  ): Promise<this> {
    await this.provider.configure(settings);
    return this;
  }

  /** Checked inputs. @throws Error with all failures, one in a line */
  async check(
    type: string,
    name: string,
    inputs: PropertyMap,
    old: PropertyMap = {},
  ): Promise<PropertyMap> {
    const { inputs: checked, failures = [] } = await this.provider.check({
      ...resource(type, name),
      oldInputs: old,
      newInputs: inputs,
      randomSeed: SEED,
    });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return checked;
  }

  /** What a preview shows of a resource that is to be made. */
  async preview(type: string, name: string, inputs: PropertyMap): Promise<PropertyMap> {
    const checked = await this.check(type, name, inputs);
    const request = { ...resource(type, name), inputs: checked, preview: true };
    return (await this.provider.create(request)).outputs;
  }

  async create(
    type: string,
    name: string,
    inputs: PropertyMap,
    timeoutSeconds?: number,
  ): Promise<Resource> {
    const checked = await this.check(type, name, inputs);
    const request = { ...resource(type, name), inputs: checked, preview: false, timeoutSeconds };
    return { type, name, inputs: checked, ...(await this.provider.create(request)) };
  }

  async diff(
    before: Resource,
    inputs: PropertyMap,
    ignoreChanges: string[] = [],
  ): Promise<DiffResponse> {
    const checked = await this.check(before.type, before.name, inputs, before.inputs);
    return this.provider.diff({ ...known(before), newInputs: checked, ignoreChanges });
  }

  async update(before: Resource, inputs: PropertyMap, preview = false): Promise<Resource> {
    const checked = await this.check(before.type, before.name, inputs, before.inputs);
    const request = { ...known(before), newInputs: checked, ignoreChanges: [], preview };
    return { ...before, inputs: checked, outputs: await this.provider.update(request) };
  }

  async refresh(before: Resource): Promise<Resource | undefined> {
    const read = await this.provider.read(known(before));
    return read && { ...before, ...read };
  }

  async import(type: string, id: string): Promise<Resource | undefined> {
    return this.refresh({ type, name: "imported", id, inputs: {}, outputs: {} });
  }

  async delete(before: Resource): Promise<void> {
    await this.provider.delete(known(before));
  }
}

function wayTo(cloud: TestCloud | undefined): Dispatcher {
  return cloud ? cloud.way : new ProxyAgent("http://127.0.0.1:1");
}

function resource(type: string, name: string) {
  return { urn: `urn:pulumi:dev::test::${type}::${name}`, type, name };
}

function known({ type, name, id, inputs, outputs }: Resource) {
  return { ...resource(type, name), id, oldInputs: inputs, oldOutputs: outputs };
}

/** Outputs with their secrets opened. */
export function open(outputs: PropertyMap): Record<string, Value> {
  return revealed(outputs);
}
