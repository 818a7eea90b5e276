import * as fs from "node:fs";
import * as path from "node:path";

import { Cache, cacheKey } from "../../toolchain/cache";
import { Sandbox } from "./support";

const ORIGIN = {
  name: "etcd",
  version: "3.6.4",
  source: "build" as const,
  madeFrom: "m",
  go: "1.26.8",
};

let sandbox: Sandbox;
let cache: Cache;
beforeEach(() => {
  sandbox = new Sandbox();
  cache = new Cache(sandbox.cacheDir);
});
afterEach(() => sandbox.remove());

function storeEtcd(key = "key") {
  return cache.store(key, ORIGIN, async (directory) => {
    fs.writeFileSync(path.join(directory, "etcd"), "binary", { mode: 0o755 });
  });
}

test("finds what was stored, described by its manifest", async () => {
  expect(await cache.find("key")).toEqual({ state: "missing" });
  const entry = await storeEtcd();
  expect(entry.directory).toBe(path.join(sandbox.cacheDir, "key"));
  expect(await cache.find("key")).toEqual({ state: "whole", entry });
  expect(JSON.parse(sandbox.read("cache/key/manifest.json"))).toEqual({
    ...ORIGIN,
    files: [
      {
        path: "etcd",
        size: 6,
        sha256: "9a3a45d01531a20e89ac6ae10b0b0beb0492acd7216a368aa062d1a5fecaf9cd",
        executable: true,
      },
    ],
  });
});

test.each<[string, (directory: string) => void, string]>([
  [
    "truncated",
    (directory) => fs.truncateSync(path.join(directory, "etcd"), 3),
    "etcd: 3 bytes instead of 6",
  ],
  [
    "overwritten",
    (directory) => fs.writeFileSync(path.join(directory, "etcd"), "BINARY"),
    "etcd: its contents have changed",
  ],
  [
    "not executable",
    (directory) => fs.chmodSync(path.join(directory, "etcd"), 0o644),
    "etcd: not executable",
  ],
  ["deleted", (directory) => fs.rmSync(path.join(directory, "etcd")), "etcd: missing"],
  [
    "without a manifest",
    (directory) => fs.rmSync(path.join(directory, "manifest.json")),
    "manifest.json: unreadable",
  ],
  [
    "with half a manifest",
    (directory) => fs.truncateSync(path.join(directory, "manifest.json"), 10),
    "manifest.json: unreadable",
  ],
  [
    "with an empty manifest",
    (directory) => fs.writeFileSync(path.join(directory, "manifest.json"), "{}"),
    "manifest.json: unreadable",
  ],
])("notices an entry that is %s, and stores it anew", async (_, spoil, why) => {
  const { directory } = await storeEtcd();
  spoil(directory);
  expect(await cache.find("key")).toEqual({ state: "damaged", why });
  const entry = await storeEtcd();
  expect(await cache.find("key")).toEqual({ state: "whole", entry });
});

test("an entry that could not be made leaves nothing behind", async () => {
  await expect(
    cache.store("key", ORIGIN, async (directory) => {
      fs.writeFileSync(path.join(directory, "etcd"), "half");
      throw new Error("interrupted");
    }),
  ).rejects.toThrow("interrupted");
  expect(sandbox.cached()).toEqual([]);
});

test("a killed process's half-written entry is no entry, and swept away", async () => {
  await storeEtcd();
  fs.mkdirSync(path.join(sandbox.cacheDir, ".partial-abc"));
  fs.writeFileSync(path.join(sandbox.cacheDir, ".partial-abc", "etcd"), "half");
  await cache.sweep();
  expect(sandbox.cached()).toEqual(["key"]);
});

test("finds what another compiler made from the same", async () => {
  const entry = await storeEtcd("key of another Go");
  expect(await cache.findMadeFrom("m")).toEqual(entry);
  expect(await cache.findMadeFrom("something else")).toBeUndefined();
});

test("the key is the same for the same parts, and another for any other", () => {
  const key = cacheKey({ goMod: "m", goSum: "s" });
  expect(cacheKey({ goSum: "s", goMod: "m" })).toBe(key);
  expect(cacheKey({ goMod: "m", goSum: "S" })).not.toBe(key);
  expect(cacheKey({ goMod: "ms", goSum: "" })).not.toBe(key);
});
