import * as fs from "node:fs";
import * as path from "node:path";

import { partsOf } from "../../../toolchain/index";
import { fakeGo, MODULES, sorted } from "../support";
import { BUILDS, DOWNLOADS, Resolver, sourcesOf } from "./support/resolver";

/** What a reporter is told when everything is made; files of modules come first. */
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

const resolver = Resolver.forEach();

describe("with Go", () => {
  beforeEach(() => fakeGo(resolver.sandbox));

  test("builds everything once, and then has it in the cache", async () => {
    fs.mkdirSync(path.join(resolver.sandbox.cacheDir, ".partial-of-a-killed-process"), {
      recursive: true,
    });
    const first = await resolver.resolve();
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
    resolver.forgetBuilds();

    const second = await resolver.resolve();
    expect(second.said).toEqual([]);
    expect(resolver.builds()).toEqual([]);
    for (const { name, part } of partsOf(second.toolchain)) {
      expect([name, part.source, part.seconds]).toEqual([name, "cache", 0]);
      expect(part.path.startsWith(resolver.sandbox.cacheDir)).toBe(true);
    }
    const entries = resolver.sandbox.cached().filter((name) => !/^[0-9a-f]{64}$/.test(name));
    expect(entries).toEqual([]);
  });

  test("CRDs and charts lie in a folder of each version", async () => {
    const { gatewayApis, inferenceExtensions } = await resolver.resolveMade();
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
    const { kubeApiserver } = await resolver.resolveMade();
    spoil(kubeApiserver.path);

    const healed = await resolver.resolve();

    expect(healed.said).toEqual([
      expect.stringMatching(
        new RegExp(`^kube-apiserver in the cache is damaged \\(${why}\\): making it anew$`),
      ),
      "kube-apiserver 1.36.4 built in M:SS",
    ]);
    expect(resolver.builds()).toEqual(["kube-apiserver"]);
    expect((await resolver.resolve()).said).toEqual([]);
  });

  test("another go.sum builds what it pins, and nothing else", async () => {
    await resolver.resolveMade();
    const modulesDir = path.join(resolver.sandbox.root, "modules");
    fs.cpSync(MODULES, modulesDir, { recursive: true });
    fs.appendFileSync(path.join(modulesDir, "langhost", "go.sum"), "example.com/x v1 h1:0=\n");
    await resolver.resolve({ modulesDir });
    expect(resolver.builds()).toEqual(["pulumi-language-nodejs", "pulumi"]);
  });

  test("pulumi finds its language host beside itself", async () => {
    const { pulumi, pulumiLanguageNodejs } = await resolver.resolveMade();
    expect(path.dirname(pulumiLanguageNodejs.path)).toBe(path.dirname(pulumi.path));
    expect(path.basename(pulumiLanguageNodejs.path)).toBe("pulumi-language-nodejs");
  });

  test("a failed build is quoted, and leaves no entry", async () => {
    fakeGo(resolver.sandbox, { build: "echo 'no space left on device' >&2; exit 1" });
    await expect(resolver.resolve()).rejects.toThrow(
      new Error("etcd: go build failed\n  no space left on device"),
    );
    expect(resolver.sandbox.cached()).toHaveLength(DOWNLOADS);
    fakeGo(resolver.sandbox);
    expect(sorted((await resolver.resolve()).said)).toEqual(sorted(BUILT.slice(DOWNLOADS)));
  });

  test("another Go builds anew; without any Go the cache still serves", async () => {
    await resolver.resolveMade();
    fakeGo(resolver.sandbox, { version: 'echo "go version go1.27.0 linux/amd64"' });
    await resolver.resolve();
    expect(resolver.builds()).toHaveLength(BUILDS);
    fs.rmSync(path.join(resolver.sandbox.bin, "go"));
    const { said, toolchain } = await resolver.resolve();
    expect(said).toEqual([]);
    expect(toolchain.etcd.source).toBe("cache");
  });

  test("a CRD module that go.sum does not pin is refused", async () => {
    const modulesDir = path.join(resolver.sandbox.root, "modules");
    fs.cpSync(MODULES, modulesDir, { recursive: true });
    const goSum = path.join(modulesDir, "crds", "go.sum");
    const pinned = fs.readFileSync(goSum, "utf8");
    fs.writeFileSync(goSum, pinned.replace(/^.*gateway-api v1.5.0 h1.*\n/m, ""));
    const sum = /gateway-api v1.5.0 (h1:.*)\n/.exec(pinned)?.[1];
    await expect(resolver.resolve({ modulesDir })).rejects.toThrow(
      new Error(`sigs.k8s.io/gateway-api v1.5.0 has the sum ${sum}, which go.sum does not hold`),
    );
  });
});

test("neither Go nor pip: one sentence", async () => {
  fs.rmSync(path.join(resolver.sandbox.bin, "pip3"));
  await expect(resolver.resolve()).rejects.toThrow(
    new Error(
      "Building needs Go, and neither Go 1.26.0 or later nor pip is on PATH: install Go 1.26.0 " +
        "or later (https://go.dev/doc/install) or Python's pip, then run this again",
    ),
  );
});
