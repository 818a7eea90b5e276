import * as fs from "node:fs/promises";
import * as path from "node:path";

import { compareVersions, findVersion } from "./versions";

/** A module that pins what is built: go.mod and go.sum, and a main package where none of theirs builds as it is. */
export interface GoModule {
  goMod: string;
  goSum: string;
  mainGo?: string;
}

export async function readModule(modulesDir: string, name: string): Promise<GoModule> {
  const read = (file: string) => fs.readFile(path.join(modulesDir, name, file), "utf8");
  const mainGo = await read("main.go").catch(() => undefined);
  return {
    goMod: await read("go.mod"),
    goSum: await read("go.sum"),
    ...(mainGo !== undefined && { mainGo }),
  };
}

/** Puts a module where Go may work in it: it must not write into the repository. */
export async function writeModule(module: GoModule, directory: string): Promise<void> {
  await fs.mkdir(directory, { recursive: true });
  await fs.writeFile(path.join(directory, "go.mod"), module.goMod);
  await fs.writeFile(path.join(directory, "go.sum"), module.goSum);
  if (module.mainGo !== undefined) {
    await fs.writeFile(path.join(directory, "main.go"), module.mainGo);
  }
}

/** The newest Go that one of the modules asks for in its go.mod. */
export function goVersionOf(modules: GoModule[]): string {
  const wanted = modules.map(({ goMod }) => findVersion(/^go (.*)$/m.exec(goMod)?.[1] ?? "1.21"));
  return wanted.reduce<string>(
    (newest, version) => (version && compareVersions(version, newest) > 0 ? version : newest),
    "1.21.0",
  );
}

/** `v1.4.0`: the version in which go.mod requires a module. */
export function requiredVersion({ goMod }: GoModule, modulePath: string): string {
  const requirement = goMod
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^require /, "")
        .split(" "),
    )
    .find(([required, version]) => required === modulePath && version?.startsWith("v"));
  const version = requirement?.[1];
  if (version === undefined) throw new Error(`go.mod does not require ${modulePath}`);
  return version;
}
