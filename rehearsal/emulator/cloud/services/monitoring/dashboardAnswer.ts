import { isObject, Json, JsonObject } from "../../json";

/**
 * A dashboard as Google answers it: without what is empty, 0 or false, with a few defaults, and numbers of 32 bits where
 * its own field has no more.
 *
 * Sources: hashicorp/terraform-provider-google#16173 and #7242 (what is left out), #8225 (thresholds), #9976 and the
 * recorded answers of `monitoringdashboard` and `dashboard/crud` in Config Connector (defaults).
 */
export function asAnswered(body: JsonObject): JsonObject {
  return withDefaults(withoutZeros(body)) as JsonObject;
}

/** Messages that are there although nothing is in them: their being there says something. */
function withoutZeros(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([key, value]) => [key, inside(value)] as const);
  return Object.fromEntries(
    entries.filter(([key, value]) => !isZero(value) && !(key === "labels" && isEmpty(value))),
  );
}

function inside(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => inside(item) ?? null);
  return isObject(value) ? withoutZeros(value) : value;
}

function isZero(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "string") return value === "" || value.endsWith("_UNSPECIFIED");
  return value === undefined || value === null || value === 0 || value === false;
}

function isEmpty(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function withDefaults(value: Json): Json {
  if (Array.isArray(value)) return value.map(withDefaults);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => {
    const within = withDefaults(item ?? null);
    if (key === "xyChart" && isObject(within)) return [key, chart(within)];
    return [key, key === "text" && isObject(within) ? text(within) : within];
  });
  return Object.fromEntries(entries);
}

function chart({ dataSets, thresholds, yAxis, ...rest }: JsonObject): JsonObject {
  return {
    ...rest,
    dataSets: each(dataSets, (set) => ({ targetAxis: "Y1", ...set })),
    ...(thresholds !== undefined && {
      thresholds: each(thresholds, ({ value, ...line }) => ({
        targetAxis: "Y1",
        ...line,
        ...(typeof value === "number" && { value: Math.fround(value) }),
      })),
    }),
    ...(isObject(yAxis) && { yAxis: { scale: "LINEAR", ...yAxis } }),
  };
}

function text(widget: JsonObject): JsonObject {
  return { format: "MARKDOWN", style: {}, ...widget };
}

function each(list: Json | undefined, change: (item: JsonObject) => JsonObject): Json[] {
  return Array.isArray(list) ? list.map((item) => (isObject(item) ? change(item) : item)) : [];
}
