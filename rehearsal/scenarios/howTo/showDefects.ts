import * as fs from "node:fs";
import * as path from "node:path";

import type { Means } from "../../stage/means";
import { directoriesBelow } from "../../stage/directories";
import { startCloud } from "../../stage/environment";

import { defects } from "./defects";
import { followHowTo } from "./followHowTo";
import { Helm } from "./helm";
import { readRelease } from "./release";
import { Show } from "./show";

/** The release of the Gateway API Inference Extension that the how-to takes. */
const RELEASE = "v1.1.0";

/** Follows the how-to on a cloud of its own and prints what each defect does. @returns whether all showed as the table says */
export async function showDefects({
  directories: home,
  toolchain,
  interruption,
}: Means): Promise<boolean> {
  const config = toolchain.inferenceExtensions[RELEASE]?.path;
  if (config === undefined) throw new Error(`the toolchain has no release ${RELEASE}`);

  const directories = directoriesBelow(
    path.join(home.state, "how-to"),
    home.checkout,
    home.library,
  );
  fs.rmSync(directories.state, { recursive: true, force: true });
  const cloud = await startCloud(directories, toolchain, { timeScale: 0, followParent: true });
  const chart = path.join(config, "charts", "inferencepool");
  const helm = new Helm(toolchain.helm.path, chart, path.join(directories.state, "helm"));
  const show = new Show(defects, (line) => {
    if (!interruption.happened) console.log(line);
  });
  try {
    const release = await readRelease(config);
    await interruption.cutShort(followHowTo({ cloud, release, helm }, show));
  } catch (error) {
    if (interruption.happened) throw error;
    console.error("a step between two demonstrations failed:", error);
  } finally {
    await cloud.stop();
    fs.rmSync(directories.state, { recursive: true, force: true });
  }

  const { passed, failed } = show.counts();
  const tested = defects.filter(({ shown }) => shown.by === "test").length;
  console.log(`${passed} of ${defects.length} shown by running, ${tested} by tests only`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
