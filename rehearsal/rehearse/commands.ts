import * as fs from "node:fs";
import * as path from "node:path";

import type { Places } from "./places";

/** Bundles that are found on PATH under their own names. */
const BUNDLED = ["pulumi-resource-gcp", "gke-gcloud-auth-plugin"];

/**
 * Lays out the rehearsal's own commands: plugins that stand in for official ones, the credential plugin of the
 * program's kubeconfigs, and the policy pack as a program, because the language host that can be built from source
 * starts no analyzer.
 */
export function writeCommands(
  places: Places,
  { standIns, pulumi }: { standIns: string[]; pulumi: string },
): void {
  fs.rmSync(places.bin, { recursive: true, force: true });
  fs.mkdirSync(places.bin, { recursive: true });
  for (const name of [...BUNDLED, ...standIns.map((provider) => `pulumi-resource-${provider}`)]) {
    script(
      places,
      name,
      `exec ${quote(process.execPath)} ${quote(path.join(places.library, `${name}.cjs`))} "$@"`,
    );
  }
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", {
    paths: [places.checkout],
  });
  writePulumi(places, pulumi);
  const { policyPack: pack } = places;
  script(
    places,
    "policy-pack",
    `cd ${quote(pack)} && exec ${quote(process.execPath)} ${quote(runner)} "$1" ${quote(pack)}`,
  );
}

/**
 * `pulumi` for hands: the real one, which first recovers a stack whose last command was killed. Its own `up` would fail
 * on what that command had made and not noted.
 */
function writePulumi(places: Places, pulumi: string): void {
  const { state, checkout, library } = places;
  const settings = {
    REHEARSAL_STATE: state,
    REHEARSAL_CHECKOUT: checkout,
    REHEARSAL_PULUMI: pulumi,
  };
  const recover = [
    ...Object.entries(settings).map(([key, value]) => `${key}=${quote(value)}`),
    quote(process.execPath),
    quote(path.join(library, "recover.cjs")),
  ].join(" ");
  const commands = "up|update|preview|refresh|destroy";
  script(
    places,
    "pulumi",
    `case "$1" in ${commands}) ${recover} || exit ;; esac\nexec ${quote(pulumi)} "$@"`,
  );
}

export function policyPackCommand(places: Places): string {
  return path.join(places.bin, "policy-pack");
}

function script(places: Places, name: string, line: string): void {
  fs.writeFileSync(path.join(places.bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
