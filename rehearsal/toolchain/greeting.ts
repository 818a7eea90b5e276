import { Program } from "./binaries";
import { linkedVersion } from "./buildInfo";
import { ToolchainError } from "./errors";
import { pluginVersion } from "./pluginVersion";
import { answerOf } from "./processes";

interface Context {
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** What a program says its version is; undefined where it does not run or says something else. */
export async function greetedVersion(
  file: string,
  program: Program,
  context: Context,
): Promise<string | undefined> {
  const { greeting } = program;
  if ("modulePath" in greeting) return linkedVersion(file, greeting.modulePath);
  return greeting.pattern.exec(await greet(file, program, greeting.args, context))?.[1];
}

/** Sees that a program just made runs, and calls itself what its users' version checks expect. */
export async function checkGreeting(
  file: string,
  program: Program,
  context: Context,
): Promise<void> {
  const { name, version, greeting, isPlugin } = program;
  const refuse = (what: string) => {
    throw new ToolchainError(`${name} should be ${version}, but ${what}`);
  };
  if ("modulePath" in greeting) {
    const linked = await linkedVersion(file, greeting.modulePath);
    if (linked !== version) refuse(`what is linked into it is ${linked ?? "not said in it"}`);
    return;
  }
  const { args, pattern } = greeting;
  const answer = await greet(file, program, args, context);
  const match = pattern.exec(answer);
  if (match && (match[1] ?? version) === version) return;
  const said = answer === "" ? "it fails" : `it says "${answer.trim().slice(0, 200)}"`;
  refuse(`${isPlugin ? "asked as a plugin" : `run with "${args.join(" ")}"`} ${said}`);
}

async function greet(
  file: string,
  { isPlugin }: Program,
  args: string[],
  { env, signal }: Context,
): Promise<string> {
  if (isPlugin) return (await pluginVersion(file, { env, signal })) ?? "";
  // `pulumi version` else asks the network whether there is a newer one.
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return (await answerOf(file, args, { env: quiet, signal })) ?? "";
}

/** How its version was asked for, for a sentence that it gave none. */
export function describeGreeting({ greeting }: Program): string {
  return "modulePath" in greeting
    ? `it does not hold the version of ${greeting.modulePath}`
    : `it does not say its version when run with "${greeting.args.join(" ")}"`;
}
