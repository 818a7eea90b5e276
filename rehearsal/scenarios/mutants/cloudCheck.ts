import * as fs from "node:fs";
import * as path from "node:path";

import type { PropertyMap } from "../../emulator/providers/plugin";

import { idOf } from "../alterations/edit";

import { becomes, type Mutant } from "./mutate";
import { InProcessCloud } from "./inProcessCloud";
import type { Registered } from "./registered";
import { messageOf } from "../../toolchain/errors";

/** A cloud that lacks a resource and all that waits for it. */
interface BaseCloud {
  directory: string;
  /** What it lacks, in the order of the program, beside the resource itself. */
  missing: Registered[];
}

/**
 * What Google Cloud refuses, with its provider: a mutant of a resource is made in a cloud that has everything which does
 * not wait for that resource, and what does is made after it.
 */
export class CloudCheck {
  /** Resources that do not wait for one that they need: then the engine may make them first. */
  readonly missingEdges: string[] = [];
  private readonly bases = new Map<string, Promise<BaseCloud>>();

  /** @param scratch a directory of its own @param discovery folder of the discovery documents */
  constructor(
    private readonly resources: readonly Registered[],
    private readonly settings: PropertyMap,
    private readonly scratch: string,
    private readonly discovery: string,
  ) {
    fs.rmSync(scratch, { recursive: true, force: true });
    fs.mkdirSync(scratch, { recursive: true });
  }

  /** @returns what is refused; undefined where everything can be made */
  async refusal(mutant: Mutant): Promise<string | undefined> {
    const id = idOf(mutant.at);
    const preparing = this.bases.get(id) ?? this.prepareBase(id);
    this.bases.set(id, preparing);
    const base = await preparing;
    const directory = path.join(this.scratch, "cloud");
    fs.rmSync(directory, { recursive: true, force: true });
    fs.cpSync(base.directory, directory, { recursive: true });
    return this.inCloud(directory, async (cloud) => {
      for (const resource of [...becomes(mutant, this.resources), ...base.missing]) {
        const refused = await cloud.create(resource).then(() => undefined, oneLineOf);
        if (refused !== undefined) return `${resource.name}: ${refused}`;
      }
      return undefined;
    });
  }

  private async prepareBase(id: string): Promise<BaseCloud> {
    const directory = path.join(this.scratch, `base-${this.bases.size}`);
    const lacking = new Set([id]);
    const missing: Registered[] = [];
    await this.inCloud(directory, async (cloud) => {
      // A resource is registered after what it waits for.
      for (const resource of this.resources) {
        if (idOf(resource) === id) continue;
        const waits = resource.dependsOn.some((source) => lacking.has(source));
        const made = !waits && (!isGoogles(resource) || (await this.made(cloud, resource, id)));
        if (made) continue;
        lacking.add(idOf(resource));
        if (isGoogles(resource)) missing.push(resource);
      }
    });
    return { directory, missing };
  }

  private async made(
    cloud: InProcessCloud,
    resource: Registered,
    without: string,
  ): Promise<boolean> {
    const refused = await cloud.create(resource).then(() => undefined, oneLineOf);
    if (refused === undefined) return true;
    this.missingEdges.push(
      `${idOf(resource)} does not wait for ${without}, and needs it: ${refused}`,
    );
    return false;
  }

  private async inCloud<T>(
    directory: string,
    work: (cloud: InProcessCloud) => Promise<T>,
  ): Promise<T> {
    const cloud = await InProcessCloud.start(directory, this.settings, this.discovery);
    try {
      return await work(cloud);
    } finally {
      await cloud.stop();
    }
  }
}

function isGoogles({ type }: Registered): boolean {
  return type.startsWith("gcp:");
}

function oneLineOf(error: unknown): string {
  return messageOf(error).replaceAll(/\s+/g, " ").trim();
}
