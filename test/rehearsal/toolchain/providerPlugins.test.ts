import * as fs from "node:fs";
import * as path from "node:path";

import { findProviderPlugin } from "../../../rehearsal/toolchain/providerPlugins";
import { Sandbox } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

function cached(directory: string, home = path.join(sandbox.root, ".pulumi")): string {
  const name = /^resource-([a-z]+)-v/.exec(directory)?.[1] ?? "";
  return sandbox.script(path.join(home, "plugins", directory, `pulumi-resource-${name}`), "");
}

test("none: the stand-in runs", async () => {
  expect(await findProviderPlugin("kubernetes", sandbox.env())).toBeUndefined();
});

test("on PATH it comes before the plugin cache", async () => {
  cached("resource-kubernetes-v4.34.2");
  const onPath = sandbox.script("pulumi-resource-kubernetes", "");
  expect(await findProviderPlugin("kubernetes", sandbox.env())).toEqual({
    path: onPath,
    source: "PATH",
  });
});

test("the stand-in on a kept rehearsal's PATH is not the official plugin", async () => {
  sandbox.script("pulumi-resource-kubernetes", "");
  expect(await findProviderPlugin("kubernetes", sandbox.env(), sandbox.bin)).toBeUndefined();
});

test("of the plugin cache the newest that fits the SDK's major version", async () => {
  cached("resource-random-v3.99.0");
  cached("resource-random-v5.0.0");
  cached("resource-random-v4.9.2");
  cached("resource-kubernetes-v4.99.0");
  const newest = cached("resource-random-v4.21.2");
  expect(await findProviderPlugin("random", sandbox.env())).toEqual({
    path: newest,
    source: "plugin cache",
    version: "4.21.2",
  });
});

test("one that is still being unpacked, or not executable, does not count", async () => {
  cached("resource-random-v4.22.0");
  fs.writeFileSync(path.join(sandbox.root, ".pulumi/plugins/resource-random-v4.22.0.partial"), "");
  fs.chmodSync(cached("resource-random-v4.21.2"), 0o644);
  expect(await findProviderPlugin("random", sandbox.env())).toBeUndefined();
});

test("PULUMI_HOME moves the plugin cache", async () => {
  const home = path.join(sandbox.root, "elsewhere");
  const plugin = cached("resource-random-v4.21.2", home);
  expect(await findProviderPlugin("random", sandbox.env({ PULUMI_HOME: home }))).toMatchObject({
    path: plugin,
  });
  expect(await findProviderPlugin("random", sandbox.env())).toBeUndefined();
});

describe("PROVIDERS", () => {
  test("=standin does not look", async () => {
    sandbox.script("pulumi-resource-kubernetes", "");
    const env = sandbox.env({ PROVIDERS: "standin" });
    expect(await findProviderPlugin("kubernetes", env)).toBeUndefined();
  });

  test("=official takes what is there", async () => {
    const onPath = sandbox.script("pulumi-resource-random", "");
    const env = sandbox.env({ PROVIDERS: "official" });
    expect(await findProviderPlugin("random", env)).toEqual({ path: onPath, source: "PATH" });
  });

  test("=official without one is an error that says how to get it", async () => {
    const env = sandbox.env({ PROVIDERS: "official" });
    await expect(findProviderPlugin("kubernetes", env)).rejects.toThrow(
      new Error(
        "PROVIDERS=official: pulumi-resource-kubernetes is not on PATH, and not in " +
          `${sandbox.root}/.pulumi/plugins (needed is 4.0.0 or later, below 5.0.0); get it with ` +
          '"pulumi plugin install resource kubernetes", or leave PROVIDERS out to run the stand-in',
      ),
    );
  });

  test("takes no other value", async () => {
    const env = sandbox.env({ PROVIDERS: "real" });
    await expect(findProviderPlugin("random", env)).rejects.toThrow(
      new Error(
        'PROVIDERS: got "real", allowed are standin and official; ' +
          "unset, an official plugin is used where there is one",
      ),
    );
  });
});
