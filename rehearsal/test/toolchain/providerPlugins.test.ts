import * as fs from "node:fs";
import * as path from "node:path";

import { findProviderPlugin, Provider } from "../../toolchain/providerPlugins";
import { Sandbox } from "./support";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

/** A plugin on PATH that says its version, or says nothing. */
function onPath(name: Provider, version = ""): string {
  return sandbox.script(`pulumi-resource-${name}`, `# ${version}`);
}

function cached(directory: string, home = path.join(sandbox.root, ".pulumi")): string {
  const name = /^resource-([a-z]+)-v/.exec(directory)?.[1] ?? "";
  return sandbox.script(path.join(home, "plugins", directory, `pulumi-resource-${name}`), "");
}

function find(name: Provider, extra: NodeJS.ProcessEnv = {}, standIns?: string) {
  const versionOf = async (file: string) =>
    /^# (.+)$/m.exec(fs.readFileSync(file, "utf8"))?.[1] ?? undefined;
  return findProviderPlugin(name, { env: sandbox.env(extra), standIns, versionOf });
}

test("none is there", async () => {
  expect(await find("kubernetes")).toEqual({ passedOver: [] });
});

test("on PATH it comes before the plugin cache", async () => {
  cached("resource-kubernetes-v4.34.2");
  const file = onPath("kubernetes", "4.30.0");
  expect(await find("kubernetes")).toEqual({
    plugin: { path: file, source: "PATH", version: "4.30.0" },
    passedOver: [],
  });
});

test("the stand-in on a kept rehearsal's PATH is not the official plugin", async () => {
  onPath("gcp", "9.37.0");
  expect(await find("gcp", {}, sandbox.bin)).toEqual({ passedOver: [] });
});

test("of the plugin cache the newest that fits the SDK's major version", async () => {
  cached("resource-random-v3.99.0");
  const tooNew = cached("resource-random-v5.0.0");
  cached("resource-random-v4.9.2");
  cached("resource-kubernetes-v4.99.0");
  const newest = cached("resource-random-v4.21.2");
  expect(await find("random")).toEqual({
    plugin: { path: newest, source: "plugin cache", version: "4.21.2" },
    passedOver: [`${tooNew} is passed over: it is 5.0.0, needed is 4.0.0 or later, below 5.0.0`],
  });
});

test("one that is still being unpacked does not count", async () => {
  cached("resource-random-v4.22.0");
  fs.writeFileSync(path.join(sandbox.root, ".pulumi/plugins/resource-random-v4.22.0.partial"), "");
  expect(await find("random")).toEqual({ passedOver: [] });
});

describe("one that cannot be used is named with the reason", () => {
  test.each<[string, Provider, string, string]>([
    ["too old", "gcp", "8.41.1", "it is 8.41.1, needed is 9.0.0 or later, below 10.0.0"],
    ["too new", "random", "5.0.0", "it is 5.0.0, needed is 4.0.0 or later, below 5.0.0"],
    ["silent", "kubernetes", "", "it does not say its version when asked as a plugin"],
  ])("%s", async (_case, name, version, why) => {
    const file = onPath(name, version);
    expect(await find(name)).toEqual({ passedOver: [`${file} is passed over: ${why}`] });
  });

  test.each([
    ["on PATH", () => onPath("gcp", "9.37.0")],
    ["in the plugin cache", () => cached("resource-gcp-v9.37.0")],
  ])("not executable, %s", async (_where, make) => {
    const file = make();
    fs.chmodSync(file, 0o644);
    expect(await find("gcp")).toEqual({
      passedOver: [`${file} is passed over: it is not an executable file`],
    });
  });

  test("and the plugin cache is looked at", async () => {
    const old = onPath("gcp", "8.0.0");
    const file = cached("resource-gcp-v9.37.0");
    expect(await find("gcp")).toEqual({
      plugin: { path: file, source: "plugin cache", version: "9.37.0" },
      passedOver: [`${old} is passed over: it is 8.0.0, needed is 9.0.0 or later, below 10.0.0`],
    });
  });
});

test("PULUMI_HOME moves the plugin cache", async () => {
  const home = path.join(sandbox.root, "elsewhere");
  const file = cached("resource-random-v4.21.2", home);
  expect((await find("random", { PULUMI_HOME: home })).plugin?.path).toBe(file);
  expect(await find("random")).toEqual({ passedOver: [] });
});

describe("PROVIDERS", () => {
  test("=standin looks for the one that has no stand-in alone", async () => {
    for (const name of ["gcp", "kubernetes", "random"] as const) onPath(name, "4.0.0");
    const env = { PROVIDERS: "standin" };
    expect(await find("gcp", env)).toEqual({ passedOver: [] });
    expect(await find("random", env)).toEqual({ passedOver: [] });
    expect((await find("kubernetes", env)).plugin?.version).toBe("4.0.0");
  });

  test("=official takes what is there", async () => {
    const file = onPath("random", "4.21.2");
    expect((await find("random", { PROVIDERS: "official" })).plugin?.path).toBe(file);
  });

  test.each<[Provider, string, string]>([
    ["gcp", "9.0.0 or later, below 10.0.0", "leave PROVIDERS out to run the stand-in"],
    [
      "kubernetes",
      "4.0.0 or later, below 5.0.0",
      "leave PROVIDERS out to build it from its Go module",
    ],
  ])("=official without %s is an error that says how to get it", async (name, range, otherwise) => {
    await expect(find(name, { PROVIDERS: "official" })).rejects.toThrow(
      new Error(
        `PROVIDERS=official: pulumi-resource-${name} is not on PATH, and not in ` +
          `${sandbox.root}/.pulumi/plugins (needed is ${range}); get it with ` +
          `"pulumi plugin install resource ${name}", or ${otherwise}`,
      ),
    );
  });

  test("=official says why one that is there cannot be used", async () => {
    const file = onPath("gcp", "8.0.0");
    await expect(find("gcp", { PROVIDERS: "official" })).rejects.toThrow(
      `\n  ${file} is passed over: it is 8.0.0, needed is 9.0.0 or later, below 10.0.0`,
    );
  });

  test("takes no other value", async () => {
    await expect(find("random", { PROVIDERS: "real" })).rejects.toThrow(
      new Error(
        'PROVIDERS: got "real", allowed are standin and official; ' +
          "unset, an official plugin is used where there is one",
      ),
    );
  });
});
