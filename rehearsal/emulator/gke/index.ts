import * as path from "node:path";

import { AccessWebhook } from "./access/webhook";
import { CertificateAuthority } from "./controlPlane/pki";
import { EmulatedGke, GkeConfig } from "./emulatedGke";
import { CloudView, Gke } from "./gke";

export type { GkeConfig } from "./emulatedGke";

/**
 * Opens emulated GKE over a state directory. No process runs before the first cluster.
 * Its certificate authority is `<stateDir>/pki/ca.crt`.
 */
export async function createGke(config: GkeConfig, view: CloudView): Promise<Gke> {
  const ca = await CertificateAuthority.open(path.join(config.stateDir, "pki"));
  return new EmulatedGke(config, view, ca, await AccessWebhook.start(config.iam));
}
