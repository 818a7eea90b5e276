import { createGke } from "../gke";
import { readConfig } from "./config";
import { startCloud } from "./daemon";
import { messageOf } from "../../toolchain/errors";

/** How often a daemon that follows its parent looks whether the parent is still there. */
const PARENT_CHECK_MS = 500;

async function main(): Promise<void> {
  const config = readConfig(process.argv[2]);
  const cloud = await startCloud(config, createGke);
  const stop = () => void cloud.stop();
  process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
  if (config.followParent) followParent(stop);
  await cloud.stopped;
  process.exit(0);
}

/** An orphan gets another parent: nothing tells it so. */
function followParent(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_CHECK_MS).unref();
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(1);
});
