import { at, Json, JsonObject, merge } from "../../json";
import { Source } from "./sources";

/** A list that comes back in an order of Google's own. */
export interface Reordered {
  field: string;
  order(list: Json[]): Json[];
  /** The order in words. */
  shown: string;
  source: Source;
}

/** A resource as Google answers it. */
export function answered(table: readonly Reordered[], resource: JsonObject): JsonObject {
  return table.reduce((answer, { field, order }) => {
    const list = at(answer, field);
    return Array.isArray(list) ? merge(answer, nested(field, order(list))) : answer;
  }, resource);
}

function nested(field: string, value: Json): JsonObject {
  const [key = "", ...rest] = field.split(".");
  return { [key]: rest.length === 0 ? value : nested(rest.join("."), value) };
}

/** Reversed was seen; the provider therefore compares them by their names. */
export const SUBNETWORK: readonly Reordered[] = [
  {
    field: "secondaryIpRanges",
    order: (ranges) => ranges.toReversed(),
    shown: "reversed",
    source: { source: "hashicorp/terraform-provider-google#3477", asOf: "2019-04-23" },
  },
];

/** The order of the others differed from cluster to cluster, and the provider compares lists. */
export const CLUSTER: readonly Reordered[] = [
  {
    field: "monitoringConfig.componentConfig.enableComponents",
    order: (components) => {
      const first = components.filter((component) => component === SYSTEM_COMPONENTS);
      const others = components.filter((component) => component !== SYSTEM_COMPONENTS);
      return [...first, ...others.toSorted()];
    },
    shown: "`SYSTEM_COMPONENTS`, then the others, here by name",
    source: {
      source:
        "upgrade guide of hashicorp/google 8.0.0, google_container_cluster: non-deterministic " +
        "ordering; that SYSTEM_COMPONENTS is first: all answers that Config Connector recorded",
      asOf: "2026-08-20",
    },
  },
];

const SYSTEM_COMPONENTS = "SYSTEM_COMPONENTS";
