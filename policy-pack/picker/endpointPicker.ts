import { isVersion } from "../fleet/version";
import type { Resource, Selector, Value } from "../frame";
import { imageOf } from "../pods/image";
import { containersOf, podRunners, podTemplateOf } from "../pods/podSpec";

import { type Flag, flagsOf, hidesFlags } from "./flags";

/**
 * The project that publishes an endpoint picker: gateway-api-inference-extension up to its v1.5,
 * then llm-d, with its own versions.
 */
export type PickerMaker = "gateway-api-inference-extension" | "llm-d";

/** Makers by the last part of the image's repository, which is the same in every mirror. */
const MAKERS: ReadonlyMap<string, PickerMaker> = new Map([
  ["epp", "gateway-api-inference-extension"],
  ["llm-d-router-endpoint-picker", "llm-d"],
  ["llm-d-inference-scheduler", "llm-d"],
]);

/** The pods that choose a model server for each request, in the object that runs them. */
export class EndpointPicker {
  readonly resource: Resource;
  readonly template: Value;
  readonly container: Value;
  private readonly flags: ReadonlyMap<string, Flag>;

  constructor(resource: Resource, template: Value, container: Value) {
    this.resource = resource;
    this.template = template;
    this.container = container;
    this.flags = flagsOf(container);
  }

  get image(): Value {
    return this.container.at("image");
  }

  /** Undefined for an image of another name, or one that is not known yet. */
  get maker(): PickerMaker | undefined {
    return makerOf(this.container);
  }

  /** The image's tag, if it is a version. */
  get version(): string | undefined {
    const tag = imageOf(this.image)?.tag;
    return tag !== undefined && isVersion(tag) ? tag : undefined;
  }

  /** A flag by its name without dashes. */
  flag(name: string): Flag | undefined {
    return this.flags.get(name);
  }

  /** The command line is not known yet. */
  get hidesFlags(): boolean {
    return hidesFlags(this.container);
  }

  /** Name of the pool whose requests it routes. */
  get pool(): Value | undefined {
    return this.flag("pool-name")?.value;
  }
}

/** Objects that run an endpoint picker, recognized by its image or by the flag with its pool. */
export const endpointPickers: Selector = {
  label: "objects that run an endpoint picker",
  matches: (resource) => endpointPickerOf(resource) !== undefined,
};

/** Cached, because every policy about pickers reads it, and some for each pool. */
const known = new WeakMap<Resource, { readonly picker: EndpointPicker | undefined }>();

/** The endpoint picker that an object runs. */
export function endpointPickerOf(resource: Resource): EndpointPicker | undefined {
  const found = known.get(resource) ?? { picker: readPicker(resource) };
  known.set(resource, found);
  return found.picker;
}

function readPicker(resource: Resource): EndpointPicker | undefined {
  if (!podRunners.matches(resource)) {
    return undefined;
  }
  const template = podTemplateOf(resource);
  const containers = containersOf(template);
  const container =
    containers.find((each) => makerOf(each) !== undefined) ??
    containers.find((each) => flagsOf(each).has("pool-name"));
  return container && new EndpointPicker(resource, template, container);
}

function makerOf(container: Value): PickerMaker | undefined {
  const repository = imageOf(container.at("image"))?.repository ?? "";
  return MAKERS.get(repository.split("/").at(-1) ?? "");
}
