import * as os from "node:os";
import * as path from "node:path";

import { actionlint, discoveryDocuments, envoy, reporterFor } from "../../rehearsal/toolchain";
import { directoryInMemory } from "./memory";

/**
 * Tests of the emulated cloud hold it against the documents that Google's own clients are generated from; a test of the
 * workflows runs actionlint, those of the load balancer run Envoy. Without one of them no test runs: none is skipped.
 */
export default async function globalSetup(): Promise<void> {
  const cacheHome = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  const options = {
    cacheDir: path.join(cacheHome, "inference-gateway", "toolchain"),
    modulesDir: path.resolve("rehearsal/toolchain/modules"),
    reporter: reporterFor(process.stderr),
    env: process.env,
  };
  process.env.TMPDIR ??= directoryInMemory() ?? os.tmpdir();
  process.env.DISCOVERY_DOCUMENTS = await discoveryDocuments(options);
  process.env.ACTIONLINT = await actionlint(options);
  process.env.ENVOY = await envoy(options);
}
