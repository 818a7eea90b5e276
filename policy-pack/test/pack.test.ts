import * as fc from "fast-check";
import * as fs from "node:fs";
import * as path from "node:path";

import { policies } from "../index";

import { disturbed } from "./fixtures/disturbed";
import { asGenerated, goodStack } from "./fixtures/stack";
import { runPolicies } from "./support/policies";

const PACK = path.resolve(__dirname, "..");
/** A policy's file has its name, of several words; no other file has a dash. */
const policyFiles = sourcesBelow(PACK).filter((file) => path.basename(file).includes("-"));

test("lists every policy there is a file for, and what they remember inputs by", () => {
  const names = policyFiles.map((file) => path.basename(file, ".ts")).sort();
  expect(policies.map(({ name }) => name)).toEqual(["remember-inputs", ...names]);
});

test("every setting says what it is for and has a default within its own limits", () => {
  for (const { name, configSchema } of policies) {
    for (const [key, setting] of Object.entries(configSchema?.properties ?? {})) {
      const where = `${name}.${key}`;
      expect([where, setting.description]).toEqual([where, expect.stringMatching(/\.$/)]);
      expect([where, setting.default]).not.toEqual([where, undefined]);
      if (typeof setting.default === "number") {
        expect(setting.default).toBeGreaterThanOrEqual(setting.minimum ?? -Infinity);
        expect(setting.default).toBeLessThanOrEqual(setting.maximum ?? Infinity);
      }
    }
  }
});

test("takes nothing from outside its folder at run time", () => {
  const sources = sourcesBelow(PACK);
  const own = sources.map((source) => path.relative(PACK, source).replace(/(\/index)?\.ts$/, ""));
  const imported = sources.flatMap((source) => {
    const text = fs.readFileSync(source, "utf8");
    const statements = [...text.matchAll(/^(?:import|export)\b([^;]*?)\bfrom "([^"]+)";/gm)];
    return statements
      .filter(([, clause = ""]) => !clause.trim().startsWith("type "))
      .map(([, , from = ""]) => path.relative(PACK, path.resolve(path.dirname(source), from)));
  });
  expect(imported.length).toBeGreaterThan(0);
  const builtIn = imported.filter((from) => own.every((file) => file !== from));
  expect(new Set(builtIn.map((from) => path.basename(from)))).toEqual(new Set(["node:fs"]));
});

describe.each(["dev", "prod"])("stack %s", (stack) => {
  test.each([
    ["with outputs", { stack }],
    ["on a first preview", { stack, firstPreview: true }],
  ])("passes everything %s", async (_, options) => {
    expect(await runPolicies(goodStack, options)).toEqual([]);
    expect(await runPolicies(goodStack.map(asGenerated), options)).toEqual([]);
  });
});

test("no shape of inputs crashes a policy", async () => {
  const resources = fc.tuple(...goodStack.map((resource) => disturbed(resource.inputs)));
  await fc.assert(
    fc.asyncProperty(resources, fc.boolean(), async (inputs, firstPreview) => {
      const stack = goodStack.map((resource, i) => ({ ...resource, inputs: inputs[i] ?? {} }));
      const violations = await runPolicies(stack, { firstPreview });
      expect(violations.filter(({ message }) => !/^.+: .+; .+$/s.test(message))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

function sourcesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return ["node_modules", "bin", "test"].includes(entry.name) ? [] : sourcesBelow(place);
    }
    return place.endsWith(".ts") ? [place] : [];
  });
}
