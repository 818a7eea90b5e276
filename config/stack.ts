import { keysOf } from "./keys";
import { line, refused } from "./problem";
import { read } from "./read";
import type { Settings } from "./schema";
import { hidesMachines, projectId } from "./texts";
import { TOKEN, tokenSource, type TokenSource } from "./token";

/** A stack's configuration as the engine hands it on. */
export interface StackText {
  /** Name of the stack. */
  stack: string;
  /** The program's name, which its keys begin with. */
  namespace: string;
  /** Text, or JSON for structured values, by key with its namespace. */
  values: Record<string, string>;
  /** Whether a key's value is encrypted in the stack file. */
  isSecret: (key: string) => boolean;
}

/** A stack's configuration, complete and checked. */
export interface StackSettings {
  project: string;
  settings: Settings;
  token: TokenSource;
  /** The keys as they are written, without defaults. */
  keys: Record<string, unknown>;
  /** What is valid but should be otherwise, one sentence each. */
  advice: string[];
}

/**
 * Reads a stack's configuration, for the program and for commands alike.
 * @returns the settings; or one text that lists every problem with its key, what was given and what is allowed
 */
export function readStack({
  stack,
  namespace,
  values,
  isSecret,
}: StackText): StackSettings | string {
  const keys = keysOf(values, namespace);
  const { settings, problems } = read(keys);
  const lines = problems.map((problem) => {
    const secret = isSecret(`${namespace}:${String(problem.path[0])}`);
    return line(namespace, secret ? { ...problem, got: "got a secret" } : problem);
  });

  const project = values["gcp:project"];
  const wanted = projectId(project ?? "");
  if (wanted !== undefined) lines.push(line("gcp", refused(["project"], project, wanted)));

  const { huggingFaceSecret, privateDnsName } = keys;
  if (typeof privateDnsName === "string" && hidesMachines(privateDnsName, project ?? "")) {
    const allowed =
      "another name: this one would hide the names of the project's machines from the VPC";
    lines.push(line(namespace, refused(["privateDnsName"], privateDnsName, allowed)));
  }
  const token = tokenSource(
    values[`${namespace}:${TOKEN}`],
    typeof huggingFaceSecret === "string" ? huggingFaceSecret : undefined,
  );
  if ("path" in token) lines.push(line(namespace, token));

  if (!settings || project === undefined || "path" in token || lines.length > 0) {
    return report(stack, lines);
  }
  const isPlain = token.kind === "value" && !isSecret(`${namespace}:${TOKEN}`);
  return { project, settings, token, keys, advice: isPlain ? [PLAIN] : [] };
}

const PLAIN =
  `${TOKEN} is plain text in the stack file, where everybody can read it who reads the file. Make a new token, and ` +
  `set it with --secret: pulumi config set --secret ${TOKEN}`;

function report(stack: string, problems: string[]): string {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${problem}`);
  return [`The configuration of stack ${stack} has ${count}:`, ...lines].join("\n");
}
