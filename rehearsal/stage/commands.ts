import * as fs from "node:fs";
import * as path from "node:path";

import type { Directories } from "./directories";

const NODE = quote(process.execPath);

/**
 * Lays out the rehearsal's own commands: plugins that stand in for official ones, the credential plugin of the
 * program's kubeconfigs, and the policy pack as a program, because the language host that can be built from source
 * starts no analyzer.
 */
export function writeCommands(
  directories: Directories,
  { standIns, pulumi }: { standIns: string[]; pulumi: string },
): void {
  fs.rmSync(directories.bin, { recursive: true, force: true });
  fs.mkdirSync(directories.bin, { recursive: true });
  const authPlugin = quote(path.join(directories.library, "gke-gcloud-auth-plugin.cjs"));
  script(directories, "gke-gcloud-auth-plugin", `exec ${NODE} ${authPlugin} "$@"`);
  for (const provider of standIns) writePlugin(directories, provider);
  writePulumi(directories, pulumi);
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", {
    paths: [directories.checkout],
  });
  const { policyPack: pack } = directories;
  script(
    directories,
    "policy-pack",
    `cd ${quote(pack)} && exec ${NODE} ${quote(runner)} "$1" ${quote(pack)}`,
  );
}

/**
 * A plugin that stands in for an official one: a connection to the process that serves all of them for one command. The
 * first that the engine starts starts that process, in a session of its own, because the engine ends each plugin with
 * all that it has started; the others find its port in a file, named after the engine's port. `cat` holds the
 * connection until the engine closes its end or ends the plugin.
 */
function writePlugin({ state, library, bin }: Directories, provider: string): void {
  const hosts = path.join(bin, "hosts");
  fs.mkdirSync(hosts, { recursive: true });
  const bundle = `${NODE} ${quote(path.join(library, "providers.cjs"))}`;
  const log = quote(path.join(state, "providers.log"));
  const lines = [
    "#!/usr/bin/env bash",
    `host=${quote(hosts)}/"\${1##*:}"`,
    `connect() { exec 3<>"/dev/tcp/127.0.0.1/$port"; }`,
    `if ! { read -r port <"$host" && connect; } 2>/dev/null; then`,
    `  read -r port < <(exec setsid ${bundle} host "$host" </dev/null 2>>${log}) && connect || exit`,
    "fi",
    `echo ${provider} >&3 && read -r served <&3 && echo "$served" && exec cat >/dev/null`,
  ];
  const file = path.join(bin, `pulumi-resource-${provider}`);
  fs.writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o755 });
}

/**
 * `pulumi` for hands: the real one, which first recovers a stack whose last command was killed. Its own `up` would fail
 * on what that command had made and not noted.
 */
function writePulumi(directories: Directories, pulumi: string): void {
  const { state, checkout, library } = directories;
  const settings = {
    REHEARSAL_STATE: state,
    REHEARSAL_CHECKOUT: checkout,
    REHEARSAL_PULUMI: pulumi,
  };
  const recover = [
    ...Object.entries(settings).map(([key, value]) => `${key}=${quote(value)}`),
    NODE,
    quote(path.join(library, "recover.cjs")),
  ].join(" ");
  const commands = "up|update|preview|refresh|destroy";
  script(
    directories,
    "pulumi",
    `case "$1" in ${commands}) ${recover} || exit ;; esac\nexec ${quote(pulumi)} "$@"`,
  );
}

export function policyPackCommand(directories: Directories): string {
  return path.join(directories.bin, "policy-pack");
}

function script(directories: Directories, name: string, line: string): void {
  fs.writeFileSync(path.join(directories.bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
