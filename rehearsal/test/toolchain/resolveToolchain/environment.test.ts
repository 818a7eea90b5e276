import * as fs from "node:fs";
import * as path from "node:path";

import { BINARIES } from "../../../toolchain/binaries";
import { fakeGo } from "../support";
import { Resolver } from "./support/resolver";

const resolver = Resolver.forEach();

describe("with Go", () => {
  beforeEach(() => fakeGo(resolver.sandbox));

  test("PATH comes before cache and build, in a fitting version", async () => {
    const etcd = resolver.sandbox.binary("etcd", "3.5.1");
    const old = resolver.sandbox.binary("kube-apiserver", "1.33.0");
    const { toolchain, said } = await resolver.resolve();
    expect(toolchain.etcd).toEqual({ path: etcd, version: "3.5.1", source: "PATH", seconds: 0 });
    expect(toolchain.kubeApiserver.source).toBe("build");
    expect(said[0]).toBe(
      `${old} is passed over: it is 1.33.0, needed is 1.36.0 or later, below 1.37.0`,
    );
    expect(resolver.builds()).not.toContain("etcd");
  });

  test("TOOLCHAIN=build does not look on PATH", async () => {
    resolver.sandbox.binary("etcd", "3.5.1");
    const { toolchain } = await resolver.resolve({ TOOLCHAIN: "build" });
    expect(toolchain.etcd.source).toBe("build");
  });
});

test("TOOLCHAIN takes no other value", async () => {
  await expect(resolver.resolve({ TOOLCHAIN: "fast" })).rejects.toThrow(
    new Error('TOOLCHAIN: got "fast", allowed are auto, path, download, build; auto where unset'),
  );
});

test("TOOLCHAIN=path builds nothing, and lists what PATH lacks", async () => {
  fakeGo(resolver.sandbox);
  for (const { name, version } of BINARIES) resolver.sandbox.binary(name, version);
  const old = resolver.sandbox.binary("etcd", "3.4.0");
  fs.rmSync(path.join(resolver.sandbox.bin, "kube-scheduler"));
  await expect(resolver.resolve({ TOOLCHAIN: "path" })).rejects.toThrow(
    new Error(
      "TOOLCHAIN=path gives no etcd 3.5.0 or later, below 3.7.0; " +
        "no kube-scheduler 1.36.0 or later, below 1.37.0. " +
        "Leave TOOLCHAIN out to try PATH, official downloads and a Go build.\n" +
        `  ${old} is passed over: it is 3.4.0, needed is 3.5.0 or later, below 3.7.0`,
    ),
  );
  expect(resolver.builds()).toEqual([]);
});

test("all official plugins that are missing are named at once", async () => {
  const missing = await resolver.resolve({ PROVIDERS: "official" }).catch(String);
  for (const name of ["gcp", "kubernetes", "random"]) {
    expect(missing).toMatch(`pulumi-resource-${name} is not on PATH`);
  }
});
