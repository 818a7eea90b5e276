import { Binary } from "./binaries";
import { ToolchainError } from "./errors";
import { pluginVersion } from "./pluginVersion";
import { answerOf } from "./processes";

interface Context {
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** What a binary says its version is; undefined where it does not run or says something else. */
export async function greetedVersion(
  file: string,
  binary: Binary,
  context: Context,
): Promise<string | undefined> {
  return binary.greeting.pattern.exec(await greet(file, binary, context))?.[1];
}

/** Sees that a binary just made runs, and calls itself what its users' version checks expect. */
export async function checkGreeting(file: string, binary: Binary, context: Context): Promise<void> {
  const { args, pattern } = binary.greeting;
  const answer = await greet(file, binary, context);
  const match = pattern.exec(answer);
  if (match && (match[1] ?? binary.version) === binary.version) return;
  const said = answer === "" ? "it fails" : `it says "${answer.trim().slice(0, 200)}"`;
  const how = binary.isPlugin ? "asked as a plugin" : `run with "${args.join(" ")}"`;
  throw new ToolchainError(`${binary.name} should be ${binary.version}, but ${how} ${said}`);
}

async function greet(
  file: string,
  { greeting, isPlugin }: Binary,
  { env, signal }: Context,
): Promise<string> {
  if (isPlugin) return (await pluginVersion(file, { env, signal })) ?? "";
  // `pulumi version` else asks the network whether there is a newer one.
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return (await answerOf(file, greeting.args, { env: quiet, signal })) ?? "";
}
