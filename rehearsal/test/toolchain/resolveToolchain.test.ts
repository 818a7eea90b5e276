import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { partsOf, resolveToolchain, Toolchain } from "../../toolchain/index";
import { BINARIES } from "../../toolchain/binaries";
import { MODULE_FILES } from "../../toolchain/moduleFiles";
import { Release } from "../../toolchain/releases";
import {
  bodyOf,
  fakeGo,
  fakePip,
  MODULES,
  Sandbox,
  servePlugin,
  sorted,
  Transcript,
} from "./support";

const BUILT = [
  "gateway-api-crds-v1.4.0 1.4.0 downloaded in M:SS",
  "gateway-api-crds-v1.5.0 1.5.0 downloaded in M:SS",
  "inference-extension-config-v1.1.0 1.1.0 downloaded in M:SS",
  "inference-extension-config-v1.4.0 1.4.0 downloaded in M:SS",
  "inference-extension-config-v1.5.0 1.5.0 downloaded in M:SS",
  "google-discovery-documents 0.315.0 downloaded in M:SS",
  "etcd 3.6.8 built in M:SS",
  "kube-apiserver 1.36.4 built in M:SS",
  "kube-controller-manager 1.36.4 built in M:SS",
  "kube-scheduler 1.36.4 built in M:SS",
  "pulumi-language-nodejs 3.49.0 built in M:SS",
  "pulumi 3.259.0 built in M:SS",
  "pulumi-resource-kubernetes 4.0.0 built in M:SS",
  "helm 3.19.0 built in M:SS",
  "epp 1.5.0 built in M:SS",
  "llm-d-inference-sim 0.10.2 built in M:SS",
  "envoy 1.40.0 downloaded in M:SS",
];

const DOWNLOADS = MODULE_FILES.length;
/** Of the data plane those that Go builds: they have no official release. */
const DATA_PLANE_BUILDS = ["epp", "llm-d-inference-sim"];
const BUILDS = BINARIES.length + DATA_PLANE_BUILDS.length;

let plugin: { close(): void };
beforeAll(async () => (plugin = await servePlugin()));
afterAll(() => plugin.close());

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  fakePip(sandbox);
});
afterEach(() => sandbox.remove());

interface Options {
  TOOLCHAIN?: string;
  PROVIDERS?: string;
  modulesDir?: string;
  releases?: Release[];
  signal?: AbortSignal;
}

async function resolve(options: Options = {}) {
  const { TOOLCHAIN, PROVIDERS, modulesDir = MODULES, releases = [], signal } = options;
  const transcript = new Transcript();
  const toolchain = await resolveToolchain({
    cacheDir: sandbox.cacheDir,
    modulesDir,
    reporter: transcript,
    env: sandbox.env({ TOOLCHAIN, PROVIDERS }),
    releases,
    signal,
  });
  return { toolchain, said: transcript.lines };
}

let made: string | undefined;
afterAll(() => made && fs.rmSync(made, { recursive: true }));

/** With a cache that holds everything already: it is made once, and each test gets a copy. */
async function resolveMade(): Promise<Toolchain> {
  if (made) fs.cpSync(made, sandbox.cacheDir, { recursive: true });
  const { toolchain } = await resolve();
  made ??= keep(sandbox.cacheDir);
  forgetBuilds();
  return toolchain;
}

function keep(cacheDir: string): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "toolchain-made-"));
  fs.cpSync(cacheDir, directory, { recursive: true });
  return directory;
}

function sourcesOf(toolchain: Toolchain): Record<string, string> {
  return Object.fromEntries(
    partsOf(toolchain).map(({ name, part }) => [name, `${part.source} ${part.version}`]),
  );
}

/** What `go build` was asked for, by file name. */
function builds(): string[] {
  const calls = sandbox.exists("go.log") ? sandbox.read("go.log").split("\n") : [];
  return calls
    .filter((call) => call.startsWith("build "))
    .map((call) => path.basename(/-o (\S+)/.exec(call)?.[1] ?? ""));
}

function forgetBuilds(): void {
  fs.rmSync(path.join(sandbox.root, "go.log"), { force: true });
}

describe("with Go", () => {
  beforeEach(() => fakeGo(sandbox));

  test("builds everything once, and then has it in the cache", async () => {
    fs.mkdirSync(path.join(sandbox.cacheDir, ".partial-of-a-killed-process"), { recursive: true });
    const first = await resolve();
    expect(sorted(first.said)).toEqual(sorted(BUILT));
    expect(sourcesOf(first.toolchain)).toEqual({
      etcd: "build 3.6.8",
      "kube-apiserver": "build 1.36.4",
      "kube-controller-manager": "build 1.36.4",
      "kube-scheduler": "build 1.36.4",
      pulumi: "build 3.259.0",
      "pulumi-language-nodejs": "build 3.49.0",
      helm: "build 3.19.0",
      "provider kubernetes": "build 4.0.0",
      "Gateway API CRDs v1.4.0": "download 1.4.0",
      "Gateway API CRDs v1.5.0": "download 1.5.0",
      "chart inferencepool v1.1.0": "download 1.1.0",
      "chart inferencepool v1.4.0": "download 1.4.0",
      "chart inferencepool v1.5.0": "download 1.5.0",
      "discovery documents": "download 0.315.0",
      envoy: "download 1.40.0",
      "endpoint picker": "build 1.5.0",
      "model server": "build 0.10.2",
    });
    forgetBuilds();

    const second = await resolve();
    expect(second.said).toEqual([]);
    expect(builds()).toEqual([]);
    for (const { name, part } of partsOf(second.toolchain)) {
      expect([name, part.source, part.seconds]).toEqual([name, "cache", 0]);
      expect(part.path.startsWith(sandbox.cacheDir)).toBe(true);
    }
    const entries = sandbox.cached().filter((name) => !/^[0-9a-f]{64}$/.test(name));
    expect(entries).toEqual([]);
  });

  test("CRDs and charts lie in a folder of each version", async () => {
    const { gatewayApis, inferenceExtensions } = await resolveMade();
    expect(Object.keys(gatewayApis)).toEqual(["v1.4.0", "v1.5.0"]);
    for (const part of Object.values(gatewayApis)) {
      expect(fs.readdirSync(part.path)).toEqual(["gateways.yaml"]);
    }
    expect(Object.keys(inferenceExtensions)).toEqual(["v1.1.0", "v1.4.0", "v1.5.0"]);
    for (const part of Object.values(inferenceExtensions)) {
      expect(fs.readdirSync(path.join(part.path, "charts"))).toEqual(["Chart.yaml"]);
    }
  });

  test.each<[string, (file: string) => void, string]>([
    ["truncated", (file) => fs.truncateSync(file, 9), "kube-apiserver: 9 bytes instead of \\d+"],
    ["not executable", (file) => fs.chmodSync(file, 0o644), "kube-apiserver: not executable"],
    [
      "without its manifest",
      (file) => fs.rmSync(path.join(path.dirname(file), "manifest.json")),
      "manifest.json: unreadable",
    ],
  ])("a cached binary that is %s is built anew, it alone", async (_, spoil, why) => {
    const { kubeApiserver } = await resolveMade();
    spoil(kubeApiserver.path);

    const healed = await resolve();

    expect(healed.said).toEqual([
      expect.stringMatching(
        new RegExp(`^kube-apiserver in the cache is damaged \\(${why}\\): making it anew$`),
      ),
      "kube-apiserver 1.36.4 built in M:SS",
    ]);
    expect(builds()).toEqual(["kube-apiserver"]);
    expect((await resolve()).said).toEqual([]);
  });

  test("another go.sum builds what it pins, and nothing else", async () => {
    await resolveMade();
    const modulesDir = path.join(sandbox.root, "modules");
    fs.cpSync(MODULES, modulesDir, { recursive: true });
    fs.appendFileSync(path.join(modulesDir, "langhost", "go.sum"), "example.com/x v1 h1:0=\n");
    await resolve({ modulesDir });
    expect(builds()).toEqual(["pulumi-language-nodejs", "pulumi"]);
  });

  test("pulumi finds its language host beside itself", async () => {
    const { pulumi, pulumiLanguageNodejs } = await resolveMade();
    expect(path.dirname(pulumiLanguageNodejs.path)).toBe(path.dirname(pulumi.path));
    expect(path.basename(pulumiLanguageNodejs.path)).toBe("pulumi-language-nodejs");
  });

  test("a failed build is quoted, and leaves no entry", async () => {
    fakeGo(sandbox, { build: "echo 'no space left on device' >&2; exit 1" });
    await expect(resolve()).rejects.toThrow(
      new Error("etcd: go build failed\n  no space left on device"),
    );
    expect(sandbox.cached()).toHaveLength(DOWNLOADS);
    fakeGo(sandbox);
    expect(sorted((await resolve()).said)).toEqual(sorted(BUILT.slice(DOWNLOADS)));
  });

  test("another Go builds anew; without any Go the cache still serves", async () => {
    await resolveMade();
    fakeGo(sandbox, { version: 'echo "go version go1.27.0 linux/amd64"' });
    await resolve();
    expect(builds()).toHaveLength(BUILDS);
    fs.rmSync(path.join(sandbox.bin, "go"));
    const { said, toolchain } = await resolve();
    expect(said).toEqual([]);
    expect(toolchain.etcd.source).toBe("cache");
  });

  test("PATH comes before cache and build, in a fitting version", async () => {
    const etcd = sandbox.binary("etcd", "3.5.1");
    const old = sandbox.binary("kube-apiserver", "1.33.0");
    const { toolchain, said } = await resolve();
    expect(toolchain.etcd).toEqual({ path: etcd, version: "3.5.1", source: "PATH", seconds: 0 });
    expect(toolchain.kubeApiserver.source).toBe("build");
    expect(said[0]).toBe(
      `${old} is passed over: it is 1.33.0, needed is 1.36.0 or later, below 1.37.0`,
    );
    expect(builds()).not.toContain("etcd");
  });

  test("TOOLCHAIN=build does not look on PATH", async () => {
    sandbox.binary("etcd", "3.5.1");
    const { toolchain } = await resolve({ TOOLCHAIN: "build" });
    expect(toolchain.etcd.source).toBe("build");
  });

  test("a CRD module that go.sum does not pin is refused", async () => {
    const modulesDir = path.join(sandbox.root, "modules");
    fs.cpSync(MODULES, modulesDir, { recursive: true });
    const goSum = path.join(modulesDir, "crds", "go.sum");
    const pinned = fs.readFileSync(goSum, "utf8");
    fs.writeFileSync(goSum, pinned.replace(/^.*gateway-api v1.5.0 h1.*\n/m, ""));
    const sum = /gateway-api v1.5.0 (h1:.*)\n/.exec(pinned)?.[1];
    await expect(resolve({ modulesDir })).rejects.toThrow(
      new Error(`sigs.k8s.io/gateway-api v1.5.0 has the sum ${sum}, which go.sum does not hold`),
    );
  });
});

test("an interrupted build leaves no process and no entry", async () => {
  const pid = path.join(sandbox.root, "pid");
  fakeGo(sandbox, { build: `echo half > "$out"; echo $$ > "${pid}"; /bin/sleep 60` });
  const stop = new AbortController();
  const resolving = resolve({ signal: stop.signal });
  while (!fs.existsSync(pid) || fs.readFileSync(pid, "utf8") === "") await sleep(10);
  expect(sandbox.cached().some((name) => name.startsWith(".partial"))).toBe(true);

  stop.abort(new Error("interrupted"));

  await expect(resolving).rejects.toThrow("interrupted");
  expect(fs.existsSync(`/proc/${sandbox.read("pid").trim()}`)).toBe(false);
  // The CRDs were there already.
  expect(sandbox.cached()).toHaveLength(DOWNLOADS);
  expect(sandbox.cached().every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
});

test("a rehearsal that waits for another takes what that one has built", async () => {
  fakeGo(sandbox);
  const both = await Promise.all([resolve(), resolve()]);
  expect(builds()).toHaveLength(BUILDS);
  const waited = both.map(({ said }) => said).find((said) => said.length === 1);
  expect(waited).toEqual([
    `Another rehearsal (process ${process.pid}) prepares the toolchain: waiting for it`,
  ]);
});

test("neither Go nor pip: one sentence", async () => {
  fs.rmSync(path.join(sandbox.bin, "pip3"));
  await expect(resolve()).rejects.toThrow(
    new Error(
      "Building needs Go, and neither Go 1.26.0 or later nor pip is on PATH: install Go 1.26.0 " +
        "or later (https://go.dev/doc/install) or Python's pip, then run this again",
    ),
  );
});

test("TOOLCHAIN takes no other value", async () => {
  await expect(resolve({ TOOLCHAIN: "fast" })).rejects.toThrow(
    new Error('TOOLCHAIN: got "fast", allowed are auto, path, download, build; auto where unset'),
  );
});

test("TOOLCHAIN=path builds nothing, and lists what PATH lacks", async () => {
  fakeGo(sandbox);
  for (const { name, version } of BINARIES) sandbox.binary(name, version);
  const old = sandbox.binary("etcd", "3.4.0");
  fs.rmSync(path.join(sandbox.bin, "kube-scheduler"));
  await expect(resolve({ TOOLCHAIN: "path" })).rejects.toThrow(
    new Error(
      "TOOLCHAIN=path gives no etcd 3.5.0 or later, below 3.7.0; " +
        "no kube-scheduler 1.36.0 or later, below 1.37.0. " +
        "Leave TOOLCHAIN out to try PATH, official downloads and a Go build.\n" +
        `  ${old} is passed over: it is 3.4.0, needed is 3.5.0 or later, below 3.7.0`,
    ),
  );
  expect(builds()).toEqual([]);
});

describe("official releases", () => {
  let server: http.Server;
  let base: string;
  let files: Record<string, string>;

  beforeEach(async () => {
    fakeGo(sandbox);
    files = {};
    server = http.createServer((request, response) => {
      const body = files[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200);
      response.end(request.method === "HEAD" ? undefined : body);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const { name, version } of BINARIES) {
      files[`/${name}`] = `#!/bin/sh\n${bodyOf(name, version)}\n`;
      files[`/${name}.sha256`] = createHash("sha256")
        .update(files[`/${name}`] ?? "")
        .digest("hex");
    }
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const releases = (): Release[] =>
    BINARIES.map(({ name, version }) => ({
      members: { [name]: "" },
      version,
      url: `${base}/${name}`,
      sums: `${base}/${name}.sha256`,
    }));

  test("are downloaded where their hosts answer, and kept in the cache", async () => {
    const first = await resolve({ releases: releases() });
    expect(sourcesOf(first.toolchain)).toMatchObject({
      etcd: "download 3.6.8",
      pulumi: "download 3.259.0",
    });
    expect(builds()).toEqual(DATA_PLANE_BUILDS);
    server.closeAllConnections();
    server.close();
    const second = await resolve({ releases: releases() });
    expect(second.said).toEqual([]);
    expect(second.toolchain.etcd.source).toBe("cache");
  });

  test("that are out of reach are built instead, after one sentence", async () => {
    delete files["/etcd"];
    delete files["/kube-apiserver.sha256"];
    const { said, toolchain } = await resolve({ releases: releases() });
    const { host } = new URL(base);
    expect(said[0]).toBe(
      `No official download from here (${host}: HTTP 404): building with Go instead`,
    );
    expect(sorted(builds())).toEqual(sorted(["etcd", "kube-apiserver", ...DATA_PLANE_BUILDS]));
    expect(toolchain.pulumi.source).toBe("download");
  });

  test("with another checksum than the published one are built instead", async () => {
    files["/etcd"] += "# tampered\n";
    const { said } = await resolve({ releases: releases() });
    expect(said.filter((line) => line.includes("SHA-256"))).toEqual([
      expect.stringMatching(
        /^http\S+\/etcd has SHA-256 \w{64}, http\S+\/etcd.sha256 says \w{64}: building with Go instead$/,
      ),
    ]);
    expect(builds()).toEqual(["etcd", ...DATA_PLANE_BUILDS]);
  });

  test("are not built instead when their download is interrupted", async () => {
    const stop = new AbortController();
    server.prependListener("request", ({ method, url }) => {
      if (method === "GET" && url === "/etcd") stop.abort(new Error("interrupted"));
    });
    await expect(resolve({ releases: releases(), signal: stop.signal })).rejects.toThrow(
      "interrupted",
    );
    expect(sandbox.exists("go.log") && sandbox.read("go.log")).not.toContain("build");
    expect(sandbox.cached().filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("that do not run here are built instead", async () => {
    files["/etcd"] = "not a program";
    files["/etcd.sha256"] = createHash("sha256").update(files["/etcd"]).digest("hex");
    const { said } = await resolve({ releases: releases() });
    expect(said).toContain(
      'etcd should be 3.6.8, but run with "--version" it fails: building with Go instead',
    );
    expect(builds()).toEqual(["etcd", ...DATA_PLANE_BUILDS]);
  });

  test("are not asked for by TOOLCHAIN=build, and are the only way of TOOLCHAIN=download", async () => {
    await resolve({ releases: releases(), TOOLCHAIN: "build" });
    expect(builds()).toHaveLength(BUILDS);
    delete files["/etcd"];
    const { host } = new URL(base);
    await expect(resolve({ releases: releases(), TOOLCHAIN: "download" })).rejects.toThrow(
      new Error(
        "TOOLCHAIN=download gives no etcd 3.6.8. " +
          "Leave TOOLCHAIN out to try PATH, official downloads and a Go build.\n" +
          `  No official download from here (${host}: HTTP 404): TOOLCHAIN allows no other way`,
      ),
    );
  });
});

test("all official plugins that are missing are named at once", async () => {
  const missing = await resolve({ PROVIDERS: "official" }).catch(String);
  for (const name of ["gcp", "kubernetes", "random"]) {
    expect(missing).toMatch(`pulumi-resource-${name} is not on PATH`);
  }
});
