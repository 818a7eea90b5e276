import { Schema } from "../../../../../emulator/gke/crds/schema";

/** Every field below a schema, as a path; `[]` stands for the items of a list, `{}` for any key. */
export function fields(schema: Schema | undefined, at = ""): string[] {
  if (!schema) return [];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const here = at === "" ? name : `${at}.${name}`;
    return [here, ...fields(child, here)];
  });
  return [
    ...inner,
    ...fields(schema.items, `${at}[]`),
    ...(schema.additionalProperties ? [`${at}{}`] : []),
  ];
}

export function find(schema: Schema | undefined, at: string): Schema {
  const found = at.split(".").reduce<Schema | undefined>((inner, part) => {
    const child = inner?.properties?.[part.replace("[]", "")];
    return part.endsWith("[]") ? child?.items : child;
  }, schema);
  if (!found) throw new Error(`no field ${at}`);
  return found;
}

export function messages(schema: Schema): string[] {
  return (schema["x-kubernetes-validations"] ?? []).map((rule) => rule.message);
}

/** A structural schema gives every node a type, and never both fields and any key. */
export function notStructural(schema: Schema, at: string): string[] {
  const typed = schema.type !== undefined || schema["x-kubernetes-int-or-string"] === true;
  const both = schema.properties !== undefined && schema.additionalProperties !== undefined;
  const children = [
    ...Object.entries(schema.properties ?? {}).map(([name, c]) => [c, `${at}.${name}`] as const),
    ...(schema.items ? [[schema.items, `${at}[]`] as const] : []),
    ...(schema.additionalProperties ? [[schema.additionalProperties, `${at}{}`] as const] : []),
  ];
  return [
    ...(typed && !both ? [] : [at]),
    ...children.flatMap(([child, here]) => notStructural(child, here)),
  ];
}
