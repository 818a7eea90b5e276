import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { build } from "esbuild";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { type Registered, WireStack } from "./support/analyzer";
import { policies } from "../index";

import { goodStack } from "./fixtures/stack";

const PACK = path.resolve(__dirname, "..");
const MODULES = path.resolve(PACK, "../node_modules");
const { name: NAME, dependencies } = JSON.parse(
  fs.readFileSync(path.join(PACK, "package.json"), "utf8"),
) as { name: string; dependencies: Record<string, string> };

// Builds, packs and starts a package: seconds, or a minute on a machine that is busy with other things.
jest.setTimeout(300_000);

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "policy-package-"));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

test("is installed from its tarball, started as the engine does, and judges a stack", async () => {
  const tarball = packed();
  const files = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  expect(files.map((file) => file.replace(/^package\//, "")).sort()).toEqual([
    "LICENSE",
    "PulumiPolicy.yaml",
    "README.md",
    "bin/index.js",
    "bin/summary.js",
    "package.json",
    "start.js",
  ]);

  const engine = await Engine.start(installed(tarball));
  try {
    const info = await engine.ask<AnalyzerInfo>((client, answer) =>
      client.getAnalyzerInfo(new Empty(), answer),
    );
    const names = info.getPoliciesList().map((policy) => policy.getName());
    expect(names).toEqual(policies.map(({ name }) => name));
    expect(await engine.judge(goodStack)).toEqual([]);
    expect(await engine.judge(goodStack.map(unexported))).toEqual([
      'pool-exported: metadata.annotations["networking.gke.io/export"]: is not set, so no gateway sees this ' +
        'pool; set it to "True", a text with a capital T',
    ]);
  } finally {
    await engine.end();
  }
});

test("the built policies load no package at all, so no provider's SDK", async () => {
  expect(await importsOf("index.ts")).toEqual([]);
});

test("the summary reads files, and loads nothing else", async () => {
  expect(await importsOf("summary/main.ts")).toEqual(["node:fs"]);
});

/** As the package's own `npm run build` does, but for the file that it would write. */
async function importsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(PACK, entry)],
    bundle: true,
    platform: "node",
    packages: "external",
    write: false,
    metafile: true,
  });
  const outside = Object.keys(metafile.inputs).filter((file) => {
    return path.relative(PACK, path.resolve(file)).startsWith("..");
  });
  expect(outside).toEqual([]);
  return Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.map(({ path: name }) => name),
  );
}

/** The stack with its pools kept from gateways. */
function unexported(resource: Registered): Registered {
  const inputs = structuredClone(resource.inputs) as { metadata?: { annotations?: object } };
  if (resource.type.endsWith(":InferencePool")) delete inputs.metadata?.annotations;
  return { ...resource, inputs };
}

/** What `npm publish` would send, of a copy: the build writes into the folder. */
function packed(): string {
  const source = path.join(folder, "source");
  fs.cpSync(PACK, source, {
    recursive: true,
    filter: (file) => !["node_modules", "bin", "test"].includes(path.relative(PACK, file)),
  });
  // The build's compiler and no more: npm would read all packages that it finds there, for most of a second.
  fs.mkdirSync(path.join(source, "node_modules"));
  fs.symlinkSync(path.join(MODULES, ".bin"), path.join(source, "node_modules/.bin"));
  const to = ["--pack-destination", folder];
  execFileSync("npm", ["pack", "--offline", "--silent", ...to], { cwd: source, stdio: "pipe" });
  const [tarball = ""] = fs.readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  return path.join(folder, tarball);
}

/** As npm would lay it out in an empty folder. What it depends on is taken from this checkout, not from a registry. */
function installed(tarball: string): string {
  const modules = path.join(folder, "empty", "node_modules");
  const pack = path.join(modules, NAME);
  fs.mkdirSync(pack, { recursive: true });
  execFileSync("tar", ["xzf", tarball, "--strip-components=1", "-C", pack]);
  for (const dependency of Object.keys(dependencies)) {
    fs.mkdirSync(path.join(modules, path.dirname(dependency)), { recursive: true });
    fs.symlinkSync(path.join(MODULES, dependency), path.join(modules, dependency));
  }
  return pack;
}

type Answer<T> = (error: ServiceError | null, response: T) => void;

/** Speaks with a pack as the engine does. */
class Engine {
  private constructor(
    private readonly pack: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /** Starts a pack and waits for the port that it prints. */
  static async start(folder: string): Promise<Engine> {
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const pack = spawn(process.execPath, [runner, "127.0.0.1:0", folder], { cwd: folder });
    let errors = "";
    pack.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const port = await new Promise<string>((resolve, reject) => {
      pack.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
      pack.once("close", () => reject(new Error(`the pack ended: ${errors}`)));
    });
    return new Engine(pack, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  ask<T>(call: (client: AnalyzerClient, answer: Answer<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      call(this.client, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  /** What each policy says, without its description, in the order of a preview. */
  async judge(resources: readonly Registered[]): Promise<string[]> {
    const stack = new WireStack(resources);
    const answers: AnalyzeResponse[] = [];
    for (const request of resources.map((resource) => stack.analyzeRequest(resource))) {
      answers.push(await this.ask((client, answer) => client.analyze(request, answer)));
    }
    const request = stack.analyzeStackRequest();
    answers.push(await this.ask((client, answer) => client.analyzeStack(request, answer)));
    return answers
      .flatMap((answer) => answer.getDiagnosticsList())
      .map((each) => `${each.getPolicyname()}: ${each.getMessage().split("\n").slice(1).join()}`);
  }

  async end(): Promise<void> {
    this.client.close();
    const ended = new Promise((resolve) => this.pack.once("close", resolve));
    this.pack.kill();
    await ended;
  }
}
