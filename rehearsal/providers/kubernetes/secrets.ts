import { containsSecret, isMap, mapValues, PropertyMap, revealed, Secret } from "../plugin";

/** The data of every Secret is secret, whether or not the program says so. */
const SECRET_FIELDS = ["data", "stringData"];

/**
 * Marks values of an object as secret where the program's inputs have a secret under the same key, and the data of
 * Secrets always. A list with one secret item is secret as a whole, because the server may reorder it.
 */
export function markSecrets(object: PropertyMap, inputs: PropertyMap): PropertyMap {
  const marked = markLike(object, inputs);
  if (object.kind !== "Secret") return marked;
  return mapValues(marked, (value, key) =>
    SECRET_FIELDS.includes(key) ? new Secret(revealed(value)) : value,
  );
}

function markLike(object: PropertyMap, inputs: PropertyMap): PropertyMap {
  return mapValues(object, (value, key) => {
    const input = inputs[key];
    if (isMap(value) && isMap(input)) return markLike(value, input);
    return containsSecret(input) && !(value instanceof Secret) ? new Secret(value) : value;
  });
}

/**
 * A revealed Secret's `stringData` as the server would store it: base64 in `data`. While a value is not known yet
 * the object stays as it is.
 */
export function withEncodedStringData(inputs: PropertyMap): PropertyMap {
  const { stringData, data = {}, ...rest } = inputs;
  if (inputs.kind !== "Secret" || !isMap(stringData) || !isMap(data)) return inputs;
  if (!Object.values(stringData).every((value) => typeof value === "string")) return inputs;
  const encoded = mapValues(stringData, (text) => Buffer.from(String(text)).toString("base64"));
  return { ...rest, data: { ...data, ...encoded } };
}
