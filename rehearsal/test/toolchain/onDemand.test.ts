import * as path from "node:path";

import { KUBECTL, VEGETA } from "../../toolchain/binaries";
import { kubectl, type ToolchainOptions, vegeta } from "../../toolchain/index";
import { fakeGo, MODULES, Sandbox, Transcript } from "./support";

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
