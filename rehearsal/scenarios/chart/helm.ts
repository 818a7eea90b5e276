import * as fs from "node:fs";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { Release } from "../../../components/inferencePoolChart/release";
import type { KubeObject } from "../../emulator/kube/objects";
import { run } from "../../toolchain/processes";

import { valuesOf } from "./values";

/**
 * Writes a chart as it is published: the library beside it becomes part of it, and the versions that the project's
 * release script gives `helm package` replace git's 0.0.0. Nothing else changes.
 * @param config folder `config` of gateway-api-inference-extension in that version
 * @param target a directory that does not exist yet
 */
export function writeChart(config: string, version: string, target: string): string {
  const copy = (chart: string, to: string) =>
    fs.cpSync(path.join(config, "charts", chart), to, { recursive: true });
  copy("inferencepool", target);
  copy("epplib", path.join(target, "charts", "epplib"));
  const file = path.join(target, "Chart.yaml");
  const chart = yaml.load(fs.readFileSync(file, "utf8")) as object;
  fs.writeFileSync(file, yaml.dump({ ...chart, version, appVersion: version }));
  return target;
}

/**
 * What the chart renders for a release. Helm runs as soon as this returns.
 * @param scratch a directory that exists
 * @throws Error with what helm says
 */
export async function render(
  helm: string,
  chart: string,
  release: Release,
  scratch: string,
): Promise<KubeObject[]> {
  const values = path.join(fs.mkdtempSync(path.join(scratch, "values-")), "values.json");
  fs.writeFileSync(values, JSON.stringify(valuesOf(release)));
  const { name, namespace } = release;
  const args = ["template", name, chart, "--namespace", namespace, "--values", values];
  // Ignores the user's repositories and plugins.
  const homes = { HELM_CONFIG_HOME: scratch, HELM_CACHE_HOME: scratch, HELM_DATA_HOME: scratch };
  // A rendering is over before it pays to collect garbage: a quarter less processor time.
  const env = { ...process.env, ...homes, GOGC: "off" };
  const { code, stdout, stderr } = await run(helm, args, { env });
  if (code !== 0) throw new Error(`helm ${args.join(" ")}:\n${stderr.trim()}`);
  return (yaml.loadAll(stdout) as (KubeObject | null | undefined)[]).filter((object) => !!object);
}
