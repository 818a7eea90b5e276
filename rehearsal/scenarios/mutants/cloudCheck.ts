import * as fs from "node:fs";
import * as path from "node:path";

import type { PropertyMap } from "../../emulator/providers/plugin";

import { idOf } from "../alterations/edit";

import { becomes, type Mutant } from "./mutate";
import { PaperCloud } from "./paperCloud";
import type { Registered } from "./registered";
import { messageOf } from "../../toolchain/errors";

/** A cloud that lacks a resource and all that waits for it. */
interface Ground {
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
  private readonly grounds = new Map<string, Promise<Ground>>();

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
    const laid = this.grounds.get(id) ?? this.layGround(id);
    this.grounds.set(id, laid);
    const ground = await laid;
    const directory = path.join(this.scratch, "cloud");
    fs.rmSync(directory, { recursive: true, force: true });
    fs.cpSync(ground.directory, directory, { recursive: true });
    return this.inCloud(directory, async (cloud) => {
      for (const resource of [...becomes(mutant, this.resources), ...ground.missing]) {
        const refused = await cloud.create(resource).then(() => undefined, oneLineOf);
        if (refused !== undefined) return `${resource.name}: ${refused}`;
      }
      return undefined;
    });
  }

  private async layGround(id: string): Promise<Ground> {
    const directory = path.join(this.scratch, `ground-${this.grounds.size}`);
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

  private async made(cloud: PaperCloud, resource: Registered, without: string): Promise<boolean> {
    const refused = await cloud.create(resource).then(() => undefined, oneLineOf);
    if (refused === undefined) return true;
    this.missingEdges.push(
      `${idOf(resource)} does not wait for ${without}, and needs it: ${refused}`,
    );
    return false;
  }

  private async inCloud<T>(directory: string, work: (cloud: PaperCloud) => Promise<T>): Promise<T> {
    const cloud = await PaperCloud.start(directory, this.settings, this.discovery);
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
