import * as fs from "node:fs";
import * as path from "node:path";

import { lockState } from "../stage/lock";
import { placesBelow, placesFromEnv } from "../stage/places";
import { Stage, startCloud } from "../stage/stage";

import { defects } from "../scenarios/howTo/defects";
import { followHowTo } from "../scenarios/howTo/followHowTo";
import { Helm } from "../scenarios/howTo/helm";
import { readRelease } from "../scenarios/howTo/release";
import { Show } from "../scenarios/howTo/show";

/** The release of the Gateway API Inference Extension that the how-to takes. */
const RELEASE = "v1.1.0";

/**
 * `make how-to`: follows the how-to on a cloud of its own, and shows where it does not work as written. One line for
 * each defect; the last line counts those that showed as the table says.
 */
async function main(): Promise<void> {
  const home = placesFromEnv();
  lockState(home.state);
  const toolchain = await Stage.findToolchain(home);
  const config = toolchain.inferenceExtensions[RELEASE]?.path;
  if (config === undefined) throw new Error(`the toolchain has no release ${RELEASE}`);

  const places = placesBelow(path.join(home.state, "how-to"), home.checkout, home.library);
  fs.rmSync(places.state, { recursive: true, force: true });
  const cloud = await startCloud(places, toolchain, { timeScale: 0, followParent: true });
  const chart = path.join(config, "charts", "inferencepool");
  const helm = new Helm(toolchain.helm.path, chart, path.join(places.state, "helm"));
  const show = new Show(defects, console.log);
  try {
    const release = await readRelease(config);
    await followHowTo({ cloud, release, helm }, show);
  } catch (error) {
    console.error("a step between two demonstrations failed:", error);
  } finally {
    await cloud.stop();
    fs.rmSync(places.state, { recursive: true, force: true });
  }

  const { passed, failed } = show.counts();
  const tested = defects.filter(({ shown }) => shown.by === "test").length;
  console.log(`${passed} of ${defects.length} shown by running, ${tested} by tests only`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
