import * as fs from "node:fs";
import * as path from "node:path";

import { BINARIES } from "../../toolchain/binaries";
import { searchPath } from "../../toolchain/pathSearch";
import { Sandbox } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

test("takes each binary in a fitting version", async () => {
  const etcd = sandbox.binary("etcd", "3.5.21");
  const apiserver = sandbox.binary("kube-apiserver", "1.36.2");
  const pulumi = sandbox.binary("pulumi", "3.262.1");
  const languageHost = sandbox.binary("pulumi-language-nodejs", "3.262.1");

  const result = await searchPath(BINARIES, { env: sandbox.env() });

  expect(result.passedOver).toEqual([]);
  expect(Object.fromEntries(result.found)).toEqual({
    etcd: { path: etcd, version: "3.5.21" },
    "kube-apiserver": { path: apiserver, version: "1.36.2" },
    pulumi: { path: pulumi, version: "3.262.1" },
    "pulumi-language-nodejs": { path: languageHost, version: "3.262.1" },
  });
});

test.each([
  ["etcd", "3.4.35", "it is 3.4.35, needed is 3.5.0 or later, below 3.7.0"],
  ["etcd", "3.7.0", "it is 3.7.0, needed is 3.5.0 or later, below 3.7.0"],
  ["kube-apiserver", "1.37.0", "it is 1.37.0, needed is 1.36.0 or later, below 1.37.0"],
  ["kube-scheduler", "1.33.9", "it is 1.33.9, needed is 1.36.0 or later, below 1.37.0"],
  ["pulumi", "3.258.0", "it is 3.258.0, needed is 3.259.0 or later, below 4.0.0"],
  ["pulumi", "4.0.0", "it is 4.0.0, needed is 3.259.0 or later, below 4.0.0"],
] as const)("passes over %s %s", async (name, version, why) => {
  const file = sandbox.binary(name, version);
  sandbox.binary("pulumi-language-nodejs", version);

  const result = await searchPath(BINARIES, { env: sandbox.env() });

  expect(result).toEqual({ found: new Map(), passedOver: [`${file} is passed over: ${why}`] });
});

test("passes over a program that fails, or says something else", async () => {
  const etcd = sandbox.script("etcd", "echo 'etcd Version: 3.6.4'; exit 1");
  const apiserver = sandbox.script("kube-apiserver", "echo 'hello 1.34.2'");

  const result = await searchPath(BINARIES, { env: sandbox.env() });

  expect(result).toEqual({
    found: new Map(),
    passedOver: [
      `${etcd} is passed over: it does not say its version when run with "--version"`,
      `${apiserver} is passed over: it does not say its version when run with "--version"`,
    ],
  });
});

test("looks further along PATH behind one that does not fit", async () => {
  sandbox.binary("etcd", "3.4.0");
  const second = path.join(sandbox.root, "second");
  const fitting = sandbox.binary("etcd", "3.6.4", second);

  const result = await searchPath(BINARIES, {
    env: { PATH: [sandbox.bin, second].join(path.delimiter) },
  });

  expect(result.found.get("etcd")).toEqual({ path: fitting, version: "3.6.4" });
  expect(result.passedOver).toHaveLength(1);
});

test("a file that is not executable is nobody", async () => {
  fs.chmodSync(sandbox.binary("etcd", "3.6.4"), 0o644);
  expect(await searchPath(BINARIES, { env: sandbox.env() })).toEqual({
    found: new Map(),
    passedOver: [],
  });
});

describe("pulumi needs its own language host", () => {
  test("and is passed over without one beside it, even if PATH has another", async () => {
    const pulumi = sandbox.binary("pulumi", "3.259.0");
    const second = path.join(sandbox.root, "second");
    sandbox.binary("pulumi-language-nodejs", "3.100.0", second);

    const result = await searchPath(BINARIES, {
      env: { PATH: [sandbox.bin, second].join(path.delimiter) },
    });

    expect(result).toEqual({
      found: new Map(),
      passedOver: [`${pulumi} is passed over: no pulumi-language-nodejs lies beside it`],
    });
  });

  test("which may lie beside the file that a symbolic link points to", async () => {
    const home = path.join(sandbox.root, "pulumi-home");
    const languageHost = sandbox.binary("pulumi-language-nodejs", "3.259.0", home);
    const link = path.join(sandbox.bin, "pulumi");
    fs.symlinkSync(sandbox.binary("pulumi", "3.259.0", home), link);

    const { found } = await searchPath(BINARIES, { env: sandbox.env() });

    expect(found.get("pulumi")?.path).toBe(link);
    expect(found.get("pulumi-language-nodejs")?.path).toBe(languageHost);
  });
});
