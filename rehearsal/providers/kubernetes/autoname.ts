import { createHash, randomBytes } from "node:crypto";

import { CheckRequest, isMap, PropertyMap, UNKNOWN } from "../plugin";
import { AUTONAMED, isTrue } from "./annotations";
import { metadataOf, stringOf, withMetadata } from "./metadata";

/**
 * The inputs with a name: the program's, else the one that an earlier run made up, else a new one,
 * `<name in the program>-<8 hex digits>`. An annotation tells made-up names from the program's own.
 */
export function withName(inputs: PropertyMap, request: CheckRequest): PropertyMap {
  if (inputs.metadata === UNKNOWN || metadataOf(inputs).name !== undefined) return inputs;
  const proposed = request.autonaming?.proposedName ?? `${request.name}-${suffix(request)}`;
  return autonamed(inputs, adoptedName(request.oldInputs) ?? proposed);
}

/** The name that an earlier run made up, if it did. */
export function adoptedName(oldInputs: PropertyMap): string | undefined {
  return isTrue(oldInputs, AUTONAMED) ? stringOf(metadataOf(oldInputs).name) : undefined;
}

function autonamed(inputs: PropertyMap, name: string): PropertyMap {
  const { annotations = {} } = metadataOf(inputs);
  const marked = isMap(annotations) ? { ...annotations, [AUTONAMED]: "true" } : annotations;
  return withMetadata(inputs, { name, annotations: marked });
}

/** The same seed gives the same name, so that an update takes the one that its preview showed. */
function suffix({ randomSeed, urn }: CheckRequest): string {
  const bytes =
    randomSeed.length === 0
      ? randomBytes(4)
      : createHash("sha256").update(randomSeed).update(urn).digest().subarray(0, 4);
  return bytes.toString("hex");
}
