import * as path from "node:path";

import { KUBECTL } from "../../toolchain/binaries";
import { kubectl, type ToolchainOptions } from "../../toolchain/index";
import { fakeGo, MODULES, Sandbox, Transcript } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

function options(transcript = new Transcript()): ToolchainOptions {
  const { cacheDir } = sandbox;
  return { cacheDir, modulesDir: MODULES, reporter: transcript, env: sandbox.env() };
}

test("one on PATH is taken", async () => {
  const installed = sandbox.binary("kubectl", "1.32.4");
  expect(await kubectl(options())).toBe(installed);
});

test("one that is too old is passed over, and another is built alone, once", async () => {
  fakeGo(sandbox);
  sandbox.binary("kubectl", "1.27.16");
  const first = new Transcript();
  const built = await kubectl(options(first));
  expect(path.dirname(path.dirname(built))).toBe(sandbox.cacheDir);
  expect(first.lines).toContain(`kubectl ${KUBECTL.version} built in M:SS`);
  expect(first.lines.join()).toMatch(/kubectl is passed over: it is 1\.27\.16, needed is 1\.28\.0/);
  const builds = () => sandbox.read("go.log").match(/^build .*$/gm);
  expect(builds()).toEqual([expect.stringMatching(/ k8s\.io\/kubernetes\/cmd\/kubectl$/)]);

  expect(await kubectl(options())).toBe(built);
  expect(builds()).toHaveLength(1);
});
