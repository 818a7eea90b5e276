import { containsUnknown, isMap, PropertyMap, UNKNOWN, Value } from "../../plugin";
import { ProviderConfig } from "./config";

const ATTRIBUTION = "goog-pulumi-provisioned";

/**
 * What `pulumiLabels` is to be: the provider's labels, the program's, and on new resources the one
 * that names its maker, which then stays. @param before of an existing resource
 */
export function plannedLabels(
  property: "labels" | "resourceLabels",
  inputs: PropertyMap,
  { defaultLabels, addPulumiAttributionLabel }: ProviderConfig,
  before?: PropertyMap,
): Value {
  const own = inputs[property];
  if (own !== undefined && containsUnknown(own)) return UNKNOWN;
  const attributed = before ? ATTRIBUTION in before : addPulumiAttributionLabel;
  return {
    ...(attributed && { [ATTRIBUTION]: "true" }),
    ...defaultLabels,
    ...(isMap(own) && own),
  };
}

/**
 * All labels in the cloud after a change: what others have set stays, what the program drops is removed.
 */
export function effectiveLabels(planned: Value, state?: PropertyMap): Value {
  if (!isMap(planned)) return planned;
  const [before, managed] = [state?.effectiveLabels, state?.pulumiLabels].map((v) =>
    isMap(v) ? v : {},
  );
  const foreign = Object.entries(before ?? {}).filter(([key]) => !(key in (managed ?? {})));
  return { ...Object.fromEntries(foreign), ...planned };
}

/** The program's own labels among those in the cloud. */
export function ownLabels(
  all: Value | undefined,
  known: Value | undefined,
): PropertyMap | undefined {
  if (!isMap(all) || !isMap(known)) return undefined;
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in known));
}
