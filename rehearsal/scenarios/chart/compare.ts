import * as path from "node:path";

import { type ReleaseArgs, releaseOf } from "../../../components/inferencePoolChart/release";
import type { KubeObject } from "../../emulator/kube/objects";

import { differences, sentence } from "./differences";
import { expectedOf } from "./expected";
import { writeChart, render } from "./helm";
import { publishedKind } from "./objectiveKind";
import { asSent } from "../../emulator/kube/registered";
import type { RegisteredChart } from "./registered";
import { OPTION_SETS, type OptionSet } from "./sets";

export interface Comparison {
  /** The binary. */
  helm: string;
  /** Folder `config` of gateway-api-inference-extension by version; all that the program can take. */
  configs: Record<string, string>;
  /** An empty directory to work in. */
  scratch: string;
}

export interface Result {
  versions: string[];
  /** How many sets of options were compared, in all versions together. */
  sets: number;
  /** How many objects were compared. */
  objects: number;
  /** One sentence for each difference. */
  problems: string[];
}

/** Renders the charts and compares each object with what the program registers for the same choices. */
export async function compareCharts({ helm, configs, scratch }: Comparison): Promise<Result> {
  const cases = Object.entries(configs).flatMap(([version, config]) => {
    const chart = writeChart(config, version, path.join(scratch, `chart-${version}`));
    return OPTION_SETS.map((set) => ({ version, chart, ...inVersion(set, version) }));
  });
  const releases = cases.map(({ release }) => release);
  const [rendered, registered] = await Promise.all([
    Promise.all(cases.map(({ chart, release }) => expectedFrom(helm, chart, release, scratch))),
    register(releases),
  ]);
  const problems = cases.flatMap(({ version, name }, i) =>
    differences(registered.releases[i] ?? [], rendered[i] ?? []).map(
      (found) => `${version}, ${name}: ${sentence(found)}`,
    ),
  );
  return {
    versions: Object.keys(configs),
    sets: cases.length,
    objects: registered.releases.flat().length,
    problems: [...problems, ...(await kindProblems(configs, registered.kind))],
  };
}

async function expectedFrom(
  helm: string,
  chart: string,
  release: ReleaseArgs,
  scratch: string,
): Promise<KubeObject[]> {
  return expectedOf(await render(helm, chart, releaseOf(release), scratch), release.namespace);
}

/** The SDK takes as long to load as helm to render, so it is not loaded before helm runs. */
async function register(releases: ReleaseArgs[]): Promise<RegisteredChart> {
  const { registeredObjects } = await import("./registered.js");
  return registeredObjects(releases);
}

function inVersion({ name, release }: OptionSet, version: string): OptionSet {
  return { name, release: { ...release, endpointPicker: { ...release.endpointPicker, version } } };
}

async function kindProblems(configs: Record<string, string>, kind: KubeObject): Promise<string[]> {
  const ours = asSent(kind) as KubeObject;
  const problems = Object.entries(configs).map(async ([version, config]) =>
    differences([ours], [await publishedKind(config)]).map(
      (found) => `${version}: ${sentence(found)}`,
    ),
  );
  return (await Promise.all(problems)).flat();
}
