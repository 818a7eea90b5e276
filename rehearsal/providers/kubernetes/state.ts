import { KubeObject } from "../../kube/objects";
import { isMap, PropertyMap, revealed } from "../plugin";
import { stringOf } from "./metadata";
import { markSecrets } from "./secrets";
import { fromKube } from "./stripping";

const INPUTS = "__inputs";
const INITIAL_API_VERSION = "__initialApiVersion";
const FIELD_MANAGER = "__fieldManager";

/** What the state of an object holds, revealed. */
export interface State {
  /** The object as the server last answered it. */
  live: PropertyMap;
  /** What was sent for it. */
  inputs: PropertyMap;
  /** The apiVersion that it was created with. */
  initialApiVersion?: string;
  /** Its field manager of server-side apply. */
  fieldManager?: string;
}

/** A resource's outputs: the whole live object, and what the next run needs to know. */
export function checkpoint(
  inputs: PropertyMap,
  live: KubeObject,
  { initialApiVersion, fieldManager }: { initialApiVersion: string; fieldManager: string },
): PropertyMap {
  return {
    ...markSecrets(fromKube(live), inputs),
    [INPUTS]: markSecrets(inputs, inputs),
    [INITIAL_API_VERSION]: initialApiVersion,
    [FIELD_MANAGER]: fieldManager,
  };
}

export function parseState(outputs: PropertyMap): State {
  const {
    [INPUTS]: inputs,
    [INITIAL_API_VERSION]: initialApiVersion,
    [FIELD_MANAGER]: fieldManager,
    ...live
  } = revealed(outputs);
  return {
    live,
    inputs: isMap(inputs) ? inputs : {},
    initialApiVersion: stringOf(initialApiVersion),
    fieldManager: stringOf(fieldManager),
  };
}
