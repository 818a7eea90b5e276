import { isHarmless, saysSecret } from "./credentials";

/** A setting in a text: `HF_TOKEN=x`, `password: x`, `--api-key x`. */
export interface TextSetting {
  readonly name: string;
  readonly value: string;
}

/** What a text is, which decides what a word without quotes is: a value, or a variable. */
export type TextKind = "settings" | "program";

const NAME = "[A-Za-z][\\w.-]*";
/** In quotes, or a word without characters that a shell, a template or a program gives a meaning. */
const VALUE =
  "(?:\"(?<double>[^\"\\n]*)\"|'(?<single>[^'\\n]*)'|" +
  "(?<bare>[^\\s\"'`$(){}\\[\\]<>,;|&*!%@#][^\\s\"'`(){}\\[\\]<>,;]*))";
const BEFORE = "(?:^|(?<=[\\s;&|(]))";
const AFTER = "(?=[\\s;&|)\\\\]|$)";

const FORMS: readonly RegExp[] = [
  // A line of its own: YAML, TOML, INI, properties, a file of variables.
  new RegExp(
    `^[ \\t]*(?:-[ \\t]+)?(?:(?:export|set|ENV)[ \\t]+)?(?<quote>["']?)(?<name>${NAME})\\k<quote>` +
      `[ \\t]*(?::(?=[ \\t"'])|:?=)[ \\t]*${VALUE}[ \\t]*[,;]?[ \\t]*(?:#.*)?\\r?$`,
    "gm",
  ),
  // JSON, anywhere.
  new RegExp(`"(?<name>${NAME})"\\s*:\\s*"(?<double>[^"\\n]*)"`, "g"),
  // A variable before a command.
  new RegExp(`${BEFORE}(?<name>[A-Z][A-Z0-9_]*)=${VALUE}${AFTER}`, "gm"),
  // A flag of a command.
  new RegExp(`${BEFORE}--?(?<name>${NAME})(?:=|[ \\t]+)${VALUE}${AFTER}`, "gm"),
];

/** Whether any name in a text can be one for secrets; most texts have none. */
const MAY_NAME_ONE = /token|secret|passw|passphrase|credential|key/i;

/** Files of programs, by the end of their names. */
const PROGRAM_FILE = /\.(?:py|js|mjs|ts|go|lua|rb|java|jinja2?|j2|tmpl|tpl)$/;

/** Names of settings that are secrets even where their value looks like the name of an object. */
const OWN_SECRET =
  /(?:client|app|application|consumer|cookie|hmac|jwt|oauth2?|session|shared|signing|webhook)[-_]?secret$/i;

/** A name that Kubernetes takes for an object, with its namespace or without. */
const OBJECT_NAME = /^(?:[a-z0-9][-a-z0-9.]*\/)?[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** A word in a usage text, `--token TOKEN`. */
const USAGE = /^[A-Z][A-Z_]*$/;

/** A line that programs begin with. */
const PROGRAM_LINE = /^(?:import|from \w[\w.]* import|def|class|const|let|package|require)\b/m;

/** The kind of a text, by the name of its file and by its lines. */
export function textKindOf(text: string, file = ""): TextKind {
  return PROGRAM_FILE.test(file) || PROGRAM_LINE.test(text) ? "program" : "settings";
}

/** Settings in a text whose names say that they are secret, and whose values may be. */
export function secretSettingsIn(text: string, kind: TextKind): readonly TextSetting[] {
  const found = new Map<string, TextSetting>();
  for (const form of MAY_NAME_ONE.test(text) ? FORMS : []) {
    for (const { groups = {} } of text.matchAll(form)) {
      const { name = "", bare } = groups;
      const value = groups["double"] ?? groups["single"] ?? bare ?? "";
      // In a program such a word is a variable, unless a shell's own variable gets it.
      const isVariable = kind === "program" && bare !== undefined && !isShellForm(form, name);
      if (saysSecret(name) && !isVariable && !isHarmlessSetting(name, value)) {
        found.set(`${name} ${value}`, { name, value });
      }
    }
  }
  return [...found.values()];
}

/** The same for one setting, such as a flag. A setting may also name the Secret that holds it. */
export function isHarmlessSetting(name: string, value: string): boolean {
  const isObjectName =
    OBJECT_NAME.test(value) && /(?:secret|secret[-_]?key|credentials?)$/i.test(name);
  return isHarmless(name, value) || USAGE.test(value) || (isObjectName && !OWN_SECRET.test(name));
}

function isShellForm(form: RegExp, name: string): boolean {
  return form === FORMS[3] || /^[A-Z][A-Z0-9_]*$/.test(name);
}
