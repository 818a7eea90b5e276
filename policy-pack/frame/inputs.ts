import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { type Patched, Patches, withPatches } from "./patches";
import { asRegistered, isPatch, type PropsReader, Resource, type RawResource } from "./resource";
import { Stack } from "./stack";
import { type RawProps, rawProps, Value } from "./value";

const inputsByUrn = new Map<string, RawProps>();

let patches = new Patches();
const patchedByUrn = new Map<string, Patched>();

/**
 * Part of the inputs that the engine asks for once more when it replaces a resource, and only after the policies have
 * judged them: a name with a random end is another one then. Source: generateStepsFromDiff in
 * pkg/resource/deploy/step_generator.go of pulumi v3.259.0.
 */
const NAME = "name";

let stackOfThisRun: Stack | undefined;

/**
 * Keeps what the program asked for, for the stack policies. The engine shows them only outputs. On
 * the first preview an object in a cluster that does not exist yet has no outputs, so stack
 * policies would pass without having judged anything. This policy also reads the stack once for all
 * stack policies. It never reports.
 */
export const rememberInputs: ResourceValidationPolicy & StackValidationPolicy = {
  name: "remember-inputs",
  description: "Keeps each resource's inputs for the policies that judge the stack as a whole.",
  enforcementLevel: "mandatory",
  validateResource: (args) => {
    const props = rawProps(args.props);
    inputsByUrn.set(args.urn, props);
    const patched = patches.add(args, props);
    if (patched === undefined) {
      patchedByUrn.delete(args.urn);
    } else {
      patchedByUrn.set(args.urn, patched);
    }
  },
  validateStack: ({ resources }) => {
    stackOfThisRun = stackOf(resources);
    patches = new Patches();
  },
};

/** For an object and a patch of it, whichever is registered later: the object without and with it. */
export function patchedOf(resource: Resource): Patched | undefined {
  return patchedByUrn.get(resource.urn);
}

/** The stack to judge: the one that was kept, unless keeping is switched off. */
export function stackToJudge(resources: readonly RawResource[]): Stack {
  return stackOfThisRun ?? stackOf(resources);
}

function stackOf(resources: readonly RawResource[]): Stack {
  return new Stack(withPatches(resources, withInputs));
}

/**
 * Reads a resource's outputs, overlaid with its inputs wherever those are known. A property that
 * the program does not set and that is not known yet counts as absent: in a preview every property
 * that the provider computes is unknown, and a policy would have to report each of them.
 */
export const withInputs: PropsReader = {
  one: (raw, key) => propOf(raw, inputsByUrn.get(raw.urn), key),
  all: (raw) => {
    const inputs = inputsByUrn.get(raw.urn);
    const keys = new Set([...Object.keys(raw.props), ...Object.keys(inputs ?? {})]);
    const props = [...keys].map((key) => [key, propOf(raw, inputs, key)] as const);
    return Object.fromEntries(props.filter(([, raw]) => raw !== undefined));
  },
};

function propOf(raw: RawResource, inputs: RawProps | undefined, key: string): unknown {
  const output = asRegistered.one(raw, key);
  if (inputs === undefined) {
    return output;
  }
  if (isPatch(raw)) {
    // The cluster answers a patch with the whole object, which others may have set.
    return inputs[key];
  }
  if (!Object.hasOwn(inputs, key)) {
    return new Value([key], output).unknown ? undefined : output;
  }
  const input = new Value([key], inputs[key]);
  if (key === NAME && new Value([key], output).text !== undefined) {
    return output;
  }
  return input.present || !Object.hasOwn(raw.props, key) ? input.raw : output;
}

/**
 * What the program asked for, without what the cloud added: the outputs of a cluster also list
 * pools that are resources of their own. All properties, if the inputs of the resource were not
 * kept.
 */
export function askedOf(resource: Resource): Value {
  const inputs = inputsByUrn.get(resource.urn);
  return inputs === undefined ? resource.props : new Value([], inputs);
}

/** The same as a resource, for functions that read a resource. */
export function asAsked(resource: Resource): Resource {
  const { urn, name, type } = resource;
  const props = inputsByUrn.get(urn);
  return props === undefined ? resource : new Resource({ urn, name, type, props });
}
