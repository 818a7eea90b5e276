/**
 * Small builders for the structural schemas of custom resources. A structural schema lists every
 * field it keeps: what is not listed is pruned, and refused under `fieldValidation=Strict`.
 */
export interface Schema {
  type?: "object" | "array" | "string" | "integer" | "boolean";
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema;
  items?: Schema;
  enum?: string[];
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  anyOf?: Schema[];
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-list-type"?: "atomic" | "set" | "map";
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-validations"?: Rule[];
}

/** A rule in CEL, and what the API server answers where it does not hold. */
export interface Rule {
  rule: string;
  message: string;
}

interface ObjectLimits {
  required?: string[];
  rules?: Rule[];
  minProperties?: number;
  maxProperties?: number;
}

export function object(properties: Record<string, Schema>, limits: ObjectLimits = {}): Schema {
  const { rules, ...rest } = limits;
  return { type: "object", properties, ...rest, ...withRules(rules) };
}

/** A map from any key to values of one schema. */
export function map(values: Schema, limits: Omit<ObjectLimits, "required"> = {}): Schema {
  const { rules, ...rest } = limits;
  return { type: "object", additionalProperties: values, ...rest, ...withRules(rules) };
}

export function array(items: Schema, limits: Pick<Schema, "minItems" | "maxItems"> = {}): Schema {
  return { type: "array", items, ...limits };
}

export function string(
  limits: Pick<Schema, "minLength" | "maxLength" | "pattern" | "default" | "format"> = {},
): Schema {
  return { type: "string", ...limits };
}

export function oneOf(...values: string[]): Schema {
  return { type: "string", enum: values };
}

export function integer(minimum?: number, maximum?: number, format = "int64"): Schema {
  return {
    type: "integer",
    format,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

export function boolean(): Schema {
  return { type: "boolean" };
}

export function intOrString(): Schema {
  return {
    anyOf: [{ type: "integer" }, { type: "string" }],
    "x-kubernetes-int-or-string": true,
  };
}

/** A TCP port. */
export const port = integer(1, 65535);

/** `rule` holds wherever all of `fields` are set. */
export function where(fields: string[], rule: string): string {
  return `!(${fields.map((f) => `has(self.${f})`).join(" && ")}) || (${rule})`;
}

function withRules(rules: Rule[] | undefined): Pick<Schema, "x-kubernetes-validations"> {
  return rules === undefined ? {} : { "x-kubernetes-validations": rules };
}
