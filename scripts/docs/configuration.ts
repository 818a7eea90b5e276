import { z } from "zod";

import { schema } from "../../config/schema";
import { markdownTable } from "../../rehearsal/scenarios/markdownTable";

/** What is read of a JSON schema. */
interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  oneOf?: JsonSchema[];
}

interface Row {
  key: string;
  type: string;
  default: string;
  meaning: string;
}

const HEAD = `# Configuration

Every key of \`Pulumi.<stack>.yaml\` under \`inference-gateway:\`. The program refuses an invalid stack file with one error
that lists every problem. \`make docs\` writes this page from [config/schema.ts](../config/schema.ts); rules that join
several keys are in [config/rules](../config/rules).

Every stack also needs \`gcp:project\`, the id of the Google Cloud project, and \`huggingFaceToken\`, a secret:
\`pulumi config set --secret huggingFaceToken\`. If the token is in Secret Manager, set \`huggingFaceSecret\` instead; then
the stack holds no token.
`;

/** \`docs/configuration.md\`: a table for each top-level key that has keys of its own, one for the others. */
export function configurationDocs(): string {
  return [HEAD, table(allRows())].join("\n");
}

/** Every key, as the page spells it: `clusters.<name>.model.id`, `objectives[].name`. */
export function configurationKeys(): string[] {
  const spelled = allRows().map(({ key }) => key.replace(/: .*$/, ""));
  return [...new Set(spelled)];
}

function allRows(): Row[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  }) as JsonSchema;
  return Object.entries(properties).flatMap(([key, value]) =>
    rowsOf(key, value, required.includes(key)),
  );
}

function rowsOf(key: string, schemaOf: JsonSchema, required: boolean): Row[] {
  const own: Row = {
    key,
    type: typeOf(schemaOf),
    default: defaultOf(schemaOf, required),
    meaning: schemaOf.description ?? "",
  };
  return [own, ...below(key, schemaOf)];
}

function below(
  key: string,
  { properties, required = [], items, additionalProperties, oneOf }: JsonSchema,
): Row[] {
  if (properties) {
    return Object.entries(properties).flatMap(([name, value]) =>
      rowsOf(`${key}.${name}`, value, required.includes(name)),
    );
  }
  if (items) return below(`${key}[]`, items);
  if (typeof additionalProperties === "object") return below(`${key}.<name>`, additionalProperties);
  return oneOf ? oneOf.flatMap((variant) => variantRows(key, variant)) : [];
}

/** Keys of one variant of a union, after the key that chooses it. */
function variantRows(key: string, { properties = {}, required = [] }: JsonSchema): Row[] {
  const [tag] = Object.entries(properties).filter(([, value]) => value.const !== undefined);
  if (!tag) return [];
  const [name, { const: choice, description = "" }] = tag;
  const rest = Object.entries(properties).filter(([other]) => other !== name);
  return [
    { key: `${key}.${name}: ${String(choice)}`, type: "", default: "", meaning: description },
    ...rest.flatMap(([other, value]) => rowsOf(`${key}.${other}`, value, required.includes(other))),
  ];
}

function typeOf(value: JsonSchema): string {
  if (value.enum) return value.enum.length > 8 ? "one of many" : value.enum.map(code).join(", ");
  if (value.const !== undefined) return code(value.const);
  if (value.oneOf) return "one of";
  const limits = limitsOf(value);
  const name = TYPES[value.type ?? ""] ?? "any";
  return limits ? `${name}, ${limits}` : name;
}

const TYPES: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  array: "list",
  object: "keys",
};

function limitsOf({ minimum, maximum, exclusiveMinimum, minItems, maxItems }: JsonSchema): string {
  const real = (limit?: number) =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
  const [least, most] = [real(minimum) ?? minItems, real(maximum) ?? maxItems];
  if (exclusiveMinimum !== undefined) return `more than ${exclusiveMinimum}`;
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? "" : `at most ${most}`;
}

function defaultOf(value: JsonSchema, required: boolean): string {
  if (required) return "**required**";
  if (value.default === undefined) return "";
  const isEmptyObject =
    typeof value.default === "object" &&
    value.default !== null &&
    !Object.keys(value.default).length;
  return isEmptyObject && value.type === "object" ? "" : code(JSON.stringify(value.default));
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

function table(rows: Row[]): string {
  const cells = rows.map((row) => [code(row.key), row.type, row.default, row.meaning]);
  return [...markdownTable(["key", "type", "default", "meaning"], cells), ""].join("\n");
}
