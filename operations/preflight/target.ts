import type { Settings } from "../../config/schema";
import type { TokenSource } from "../../config/token";
import type { State } from "../support/engine";
import { nameOf } from "../support/engine";

import type { Google } from "./google/client";
import type { HuggingFace } from "./huggingFace";

/** The stack that is to be created or updated, and whom to ask about its project. */
export interface Target {
  stack: string;
  /** Namespace of the program's configuration keys. */
  namespace: string;
  settings: Settings;
  /** Where model servers get their Hugging Face token from. */
  token: TokenSource;
  /** What is valid in the configuration but should be otherwise, one sentence each. */
  advice: string[];
  made: Made;
  /** Id of the project. */
  project: string;
  /** Its number, by which Google names it in some answers. */
  projectNumber: string;
  /** The account as policies name it; undefined if Google does not say. */
  member?: string;
  google: Google;
  huggingFace: HuggingFace;
}

/** The resources that the stack has made already, by its state: a first update has none. */
export class Made {
  private readonly outputs: Map<string, Record<string, unknown>>;

  constructor({ resources }: Pick<State, "resources">) {
    this.outputs = new Map(
      resources.map(({ urn, type, outputs }) => [`${type}::${nameOf(urn)}`, outputs ?? {}]),
    );
  }

  has(type: string, name: string): boolean {
    return this.outputs.has(`${type}::${name}`);
  }

  /** What Google Cloud calls the resources of a type. */
  namesOf(type: string): string[] {
    return [...this.outputs].flatMap(([key, { name }]) =>
      key.startsWith(`${type}::`) && typeof name === "string" ? [name] : [],
    );
  }

  /** An output of a resource that is text. */
  text(type: string, name: string, key: string): string | undefined {
    const value = this.outputs.get(`${type}::${name}`)?.[key];
    return typeof value === "string" ? value : undefined;
  }
}

export const CLUSTER = "gcp:container/cluster:Cluster";
export const MEMBERSHIP = "gcp:gkehub/membership:Membership";
export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

/** The name of the network in the program. */
export const NETWORK_NAME = "network";

/** A line of the stack's file, as a remedy. */
export function inStackFile({ stack }: Pick<Target, "stack">, line: string): string {
  return `in Pulumi.${stack}.yaml: ${line}`;
}

/** A command that sets a key of the configuration. */
export function setKey(
  { stack, namespace }: Pick<Target, "stack" | "namespace">,
  key: string,
  value?: string,
): string {
  const rest =
    value === undefined ? `--secret ${namespace}:${key}` : `${namespace}:${key} ${value}`;
  return `pulumi config set ${rest} --stack ${stack}`;
}
