import type { Value } from "../frame";

const QUANTITY = /^(\d+(?:\.\d+)?)(m|Ki|Mi|Gi|Ti|k|M|G|T)?$/;

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** How much of a resource a container asks for: its request, otherwise its limit. */
export function askedIn(container: Value, resource: string): Value {
  const request = container.at("resources", "requests", resource);
  return request.absent ? container.at("resources", "limits", resource) : request;
}

/**
 * A quantity such as `60Gi` or `1`; undefined for any other value, or one that is not known yet.
 */
export function quantityOf(value: Value): number | undefined {
  if (value.number !== undefined) {
    return value.number;
  }
  const [, digits, unit] = QUANTITY.exec(value.text ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit ?? ""] ?? 1);
}
