import * as fs from "node:fs";
import * as path from "node:path";

import { Binary, BINARIES } from "../../toolchain/binaries";
import { BuildMeter } from "../../toolchain/buildMeter";
import { BuildContext, buildBinary, buildFlags, madeFrom } from "../../toolchain/goBuild";
import { readModule, requiredVersion } from "../../toolchain/goModule";
import { fakeGo, MODULES, Sandbox } from "./support";

const MODULE = { goMod: "module m\n", goSum: "sum\n" };

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => {
  jest.restoreAllMocks();
  sandbox.remove();
});

function binary(name: string): Binary {
  const found = BINARIES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function build(name: string, overrides: Record<string, string> = {}) {
  const context: BuildContext = {
    go: { command: fakeGo(sandbox, overrides), version: "1.26.8" },
    module: MODULE,
    env: sandbox.env(),
    onProgress: jest.fn(),
    onLinking: jest.fn(),
  };
  const [directory, scratch] = ["out", "scratch"].map((each) => path.join(sandbox.root, each));
  if (directory === undefined || scratch === undefined) throw new Error("unreachable");
  fs.mkdirSync(directory);
  return buildBinary(binary(name), directory, scratch, context);
}

describe("what is built", () => {
  test.each([
    ["k8s.io/kubernetes", "k8s", "kube-apiserver"],
    ["go.etcd.io/etcd/server/v3", "k8s", "etcd"],
    ["github.com/pulumi/pulumi/pkg/v3", "pulumi", "pulumi"],
    ["github.com/pulumi/pulumi/sdk/v3", "langhost", "pulumi-language-nodejs"],
  ])("is the version of %s that go.mod pins", async (modulePath, folder, name) => {
    const { module, version, package: main } = binary(name);
    expect(module).toBe(folder);
    expect(main.startsWith(modulePath)).toBe(true);
    expect(requiredVersion(await readModule(MODULES, folder), modulePath)).toBe(`v${version}`);
  });

  test("calls itself by its version: pulumi and Kubernetes are told it by the linker", () => {
    expect(buildFlags(binary("pulumi"))).toEqual([
      "-tags=grpcnotrace",
      "-gcflags=all=-l -dwarf=false",
      "-ldflags=-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0",
    ]);
    expect(buildFlags(binary("kube-apiserver"))).toEqual([
      "-gcflags=all=-l -dwarf=false",
      "-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=v1.36.4 " +
        "-X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36 " +
        "-X k8s.io/client-go/pkg/version.gitVersion=v1.36.4 " +
        "-X k8s.io/client-go/pkg/version.gitMajor=1 -X k8s.io/client-go/pkg/version.gitMinor=36",
    ]);
  });
});

test("the hash is another for another go.mod, go.sum, flag or package", () => {
  const etcd = binary("etcd");
  const hashes = [
    madeFrom(etcd, MODULE),
    madeFrom(etcd, { ...MODULE, goMod: "module n\n" }),
    madeFrom(etcd, { ...MODULE, goSum: "another sum\n" }),
    madeFrom({ ...etcd, tags: "purego" }, MODULE),
    madeFrom({ ...etcd, variables: { "main.version": "2" } }, MODULE),
    madeFrom({ ...etcd, package: "go.etcd.io/etcd/etcdctl/v3" }, MODULE),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(madeFrom({ ...etcd }, { ...MODULE })).toBe(hashes[0]);
});

test("works in a copy of the module, with its objects there too", async () => {
  await build("etcd", {
    build: `echo "$PWD $GOTMPDIR" > "${sandbox.root}/where"; /bin/cp "$built" "$out"`,
  });
  const scratch = path.join(sandbox.root, "scratch");
  expect(sandbox.read("where")).toBe(`${scratch} ${scratch}\n`);
  expect(sandbox.read("scratch/go.mod")).toBe(MODULE.goMod);
  expect(sandbox.read("scratch/go.sum")).toBe(MODULE.goSum);
  expect(sandbox.read("go.log").split("\n")).toEqual([
    "list -deps -gcflags=all=-l -dwarf=false -ldflags=-s -w -f " +
      '{{if and .Stale (ne .StaleReason "not installed but available in build cache")}}' +
      "{{.ImportPath}}{{end}} go.etcd.io/etcd/server/v3",
    "build -v -gcflags=all=-l -dwarf=false -ldflags=-s -w " +
      `-o ${sandbox.root}/out/etcd go.etcd.io/etcd/server/v3`,
    "",
  ]);
});

test("counts what Go prints while it lists and builds", async () => {
  const read = jest.spyOn(BuildMeter.prototype, "read");
  const expected = jest.spyOn(BuildMeter.prototype, "expect");
  await build("etcd", {
    list: `echo "go: downloading example.com/one v1.0.0" >&2; printf 'example.com/one\nexample.com/main\n'`,
    build: `echo example.com/one >&2; /bin/cp "$built" "$out"`,
  });
  expect(read.mock.calls).toEqual([
    ["go: downloading example.com/one v1.0.0"],
    ["example.com/one"],
  ]);
  expect(expected.mock.calls).toEqual([[new Set(["example.com/one", "example.com/main"])]]);
});

test("a failed build quotes Go without its progress", async () => {
  const failing = build("etcd", {
    build: `printf 'runtime\\nexample.com/one\\none.go:3: undefined: x\\n' >&2; exit 1`,
  });
  await expect(failing).rejects.toThrow(
    new Error("etcd: go build failed\n  one.go:3: undefined: x"),
  );
});

test("a module that go.sum does not pin is not built", async () => {
  const failing = build("etcd", {
    list: "echo 'go: downloading x v1' >&2; echo 'missing go.sum entry' >&2; exit 1",
  });
  await expect(failing).rejects.toThrow(new Error("etcd: go list failed\n  missing go.sum entry"));
});

test("a binary that calls itself something else is refused", async () => {
  const body = `printf '#!/bin/sh\\necho Kubernetes v0.0.0-master\\n' > "$out"; /bin/chmod +x "$out"`;
  await expect(build("kube-apiserver", { build: body })).rejects.toThrow(
    new Error(
      'kube-apiserver should be 1.36.4, but run with "--version" it says "Kubernetes v0.0.0-master"',
    ),
  );
});

test("a binary that does not run is refused", async () => {
  const body = 'echo not a program > "$out"; /bin/chmod +x "$out"';
  await expect(build("pulumi-language-nodejs", { build: body })).rejects.toThrow(
    new Error('pulumi-language-nodejs should be 3.49.0, but run with "-h" it fails'),
  );
});
