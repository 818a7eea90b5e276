import type { PolicyConfigSchema } from "@pulumi/policy";

type JsonSchema = PolicyConfigSchema["properties"][string];

/** Schema of one setting. The engine checks values against it before any policy runs. */
export type SettingSchema<T> = JsonSchema & { readonly default: T; readonly description: string };

/** A policy's settings by name. */
export type SettingsSchema = Readonly<Record<string, SettingSchema<unknown>>>;

/** Values of a policy's settings. */
export type Settings<S extends SettingsSchema> = { readonly [K in keyof S]: S[K]["default"] };

/** A number within limits, in the unit that the description names. */
export function numberSetting(
  schema: JsonSchema & { default: number; description: string },
): SettingSchema<number> {
  return { type: "number", ...schema };
}

/** A list of texts, such as names of machine types. */
export function listSetting(
  schema: JsonSchema & { default: readonly string[]; description: string },
): SettingSchema<readonly string[]> {
  const { default: standard, ...rest } = schema;
  const items = { type: "string", minLength: 1 } as const;
  return { type: "array", items, ...rest, default: [...standard] };
}

/** Names of the stacks that serve users; `*` stands for any text. */
export const productionStacks: SettingSchema<readonly string[]> = {
  type: "array",
  items: { type: "string", minLength: 1 },
  default: ["prod", "prod-*", "*-prod", "production"],
  description: "Stacks that serve users, by name; * stands for any text.",
};

/** Whether a stack's name is in such a list. */
export function isOneOf(stack: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const literals = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
    return new RegExp(`^${literals.join(".*")}$`).test(stack);
  });
}

/** The pack's schema for these settings. */
export function configSchema(schema: SettingsSchema): PolicyConfigSchema {
  return { properties: { ...schema } };
}

/** A policy's name, its settings, and a check of how they fit together. */
interface Configurable<S extends SettingsSchema> {
  readonly name: string;
  readonly settings: S;
  settingsProblem?(settings: Settings<S>): string | undefined;
}

/**
 * The settings in force. Throws on a setting that does not exist: the engine ignores it, so a
 * misspelt threshold would silently leave the default in force.
 */
export function readSettings<S extends SettingsSchema>(
  policy: Configurable<S>,
  given: Readonly<Record<string, unknown>>,
): Settings<S> {
  const schema = policy.settings;
  const strange = Object.keys(given).filter((key) => !Object.hasOwn(schema, key));
  if (strange.length > 0) {
    const known = Object.keys(schema).join(", ") || "none";
    throw configError(
      `${policy.name}: no setting named ${strange.join(", ")}; there are: ${known}`,
    );
  }
  const defaults = Object.entries(schema).map(([key, setting]) => [key, setting.default]);
  const settings = { ...Object.fromEntries(defaults), ...given } as Settings<S>;
  const problem = policy.settingsProblem?.(settings);
  if (problem !== undefined) {
    throw configError(`${policy.name}: ${problem}`);
  }
  return settings;
}

/** The engine prints an error's stack trace, which does not help with a mistake in settings. */
function configError(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
