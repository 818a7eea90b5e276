import { CannotSay } from "../support/commandExit";
import { Parameters } from "../support/parameters";
import { PulumiEngine } from "../support/pulumiEngine";
import { run } from "../support/run";

import { checksOf } from "./checks";
import { neverOne, timeoutIn, verifyAndPrint } from "./command";
import { type Gateway, gatewayOf, OUTPUTS } from "./gateway";
import { IMAGE, manifestOf } from "./job/manifest";
import { bundledScript } from "./job/script";
import { outputsInFile } from "./outputs";

type Outputs = Record<string, unknown>;

/** `make verify`: asks a stack's gateway, at every address, and says what is not as it should be. */
async function main(): Promise<void> {
  const parameters = new Parameters(process.env, "verify");
  const source = sourceOf(parameters);
  const print = parameters.flag("MANIFEST") ? printManifest : printVerification;
  await print(source, parameters);
}

async function printVerification(source: Source, parameters: Parameters): Promise<void> {
  await verifyAndPrint(source.from, parameters, async () => (await read(source)).gateway);
}

interface Source {
  /** The stack or the file, in words. */
  from: string;
  outputs(): Promise<Outputs>;
}

function sourceOf(parameters: Parameters): Source {
  const file = parameters.text("OUTPUTS");
  if (file !== undefined) {
    return { from: file, outputs: () => Promise.resolve(outputsInFile(file)) };
  }
  const stack = parameters.stack();
  return { from: `stack ${stack}`, outputs: () => outputsOf(stack) };
}

async function outputsOf(stack: string): Promise<Outputs> {
  const engine = await PulumiEngine.open(process.cwd(), stack, { print: () => undefined });
  return engine.outputs();
}

async function read({ from, outputs }: Source): Promise<{ outputs: Outputs; gateway: Gateway }> {
  const all = await outputs();
  if (Object.keys(all).length === 0) {
    throw new CannotSay(`${from} has no outputs; \`pulumi up\` makes them.`);
  }
  return { outputs: all, gateway: gatewayOf(all, from) };
}

async function printManifest(source: Source, parameters: Parameters): Promise<void> {
  const timeoutSeconds = timeoutIn(parameters);
  const { outputs, gateway } = await read(source);
  const needed = OUTPUTS.filter((key) => outputs[key] !== undefined);
  const text = manifestOf({
    from: source.from,
    outputs: Object.fromEntries(needed.map((key) => [key, outputs[key]])),
    script: await bundledScript(),
    timeoutSeconds,
    questions: checksOf(gateway).length,
    json: parameters.flag("JSON"),
    image: parameters.text("IMAGE") ?? IMAGE,
  });
  process.stdout.write(text);
}

void run(
  () =>
    main().catch((error: unknown) => {
      throw neverOne(error);
    }),
  2,
);
