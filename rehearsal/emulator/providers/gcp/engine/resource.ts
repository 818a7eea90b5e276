import { PropertyMap } from "../../plugin";
import { Cloud } from "./cloud";
import { ProviderConfig } from "./config";
import { Schema } from "./schema";
import { Deadline, Timeouts } from "./timeouts";

/** One resource type: what its properties are, and how it is made in the cloud. */
export interface ResourceType {
  /** `gcp:compute/network:Network` */
  token: string;
  /** What the official provider calls it where it will not destroy it: `ComputeNetwork`. */
  upstream: string;
  properties: Schema;
  /**
   * Property that is filled in with `{logical name}-{7 hex digits}` where the program leaves it
   * out.
   */
  autoName?: { property: string; maxLength: number; lowercase: boolean };
  /** A replaced resource is deleted before its successor is created, whatever its name. */
  deleteBeforeReplace?: boolean;
  /** Seconds. Default 20 minutes each. */
  timeouts?: Partial<Timeouts>;
  /** Property that holds the program's labels, where the type has label outputs. */
  labels?: "labels" | "resourceLabels";
  /** Rules between properties. @returns failures by property path */
  constraints?: Constraint[];
  /** Properties whose change replaces the resource under a condition. */
  replaceWhen?: Record<string, (before: unknown, after: unknown) => boolean>;
  /** Properties that an empty list clears; in others an empty list means nothing. */
  clearedByEmpty?(inputs: PropertyMap): string[];
  /** What only shows when a change is planned. @throws Error */
  plan?(inputs: PropertyMap): void;
  backend: Backend;
}

export type Constraint = { conflict: string; with: string[] } | { exactlyOneOf: string[] };

/** A call of a backend. */
export interface Context {
  cloud: Cloud;
  config: ProviderConfig;
  deadline: Deadline;
  /** Keeps what the cloud tells at the creation only; `read` gets it among what is known. */
  told(outputs: PropertyMap): void;
}

/**
 * How a type is made, read, changed and removed. Properties are plain values: no secret, no
 * unknown.
 */
export interface Backend {
  /** @returns the id under which the resource is from now on. @throws PartialCreation, ApiError */
  create(context: Context, inputs: PropertyMap): Promise<string>;
  /** @returns what the cloud says of the resource, `undefined` where it is gone */
  read(context: Context, id: string, known: PropertyMap): Promise<PropertyMap | undefined>;
  /** Left out where every change replaces the resource. @returns the id after the change */
  update?(context: Context, id: string, change: Change): Promise<string>;
  delete(context: Context, id: string, state: PropertyMap): Promise<void>;
}

export interface Change {
  before: PropertyMap;
  after: PropertyMap;
  /** Names of the top-level properties that differ. */
  changed: string[];
  /** Where the differences are: `privateClusterConfig.enablePrivateNodes`. */
  paths: string[];
}

/** The resource's creation failed, but the resource is there and must stay in the state. */
export class PartialCreation extends Error {
  constructor(
    readonly id: string,
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.name = "PartialCreation";
  }
}
