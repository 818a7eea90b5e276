import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

import type { Kubectl } from "./kubectl";

const run = promisify(execFile);

/** The real helm, with one chart. */
export class Helm {
  /**
   * @param command path of the binary
   * @param chart folder of the chart; the how-to takes the same one from a registry
   * @param home folder for what helm keeps, and for kubeconfigs
   */
  constructor(
    private readonly command: string,
    private readonly chart: string,
    private readonly home: string,
  ) {}

  /** `helm install`. @param values as after `--set` */
  async install(kubectl: Kubectl, release: string, values: string[]): Promise<void> {
    const settings = values.flatMap((value) => ["--set", value]);
    await this.run(kubectl, ["install", release, this.chart, ...settings]);
  }

  /** `helm uninstall`, and the wait for the end of what it deletes. */
  async uninstall(kubectl: Kubectl, release: string): Promise<void> {
    await this.run(kubectl, ["uninstall", release, "--wait"]);
  }

  private async run({ kubeconfig, client }: Kubectl, args: string[]): Promise<void> {
    fs.mkdirSync(this.home, { recursive: true });
    const file = path.join(this.home, `${client.context}.json`);
    fs.writeFileSync(file, kubeconfig, { mode: 0o600 });
    const homes = ["CONFIG", "CACHE", "DATA"].map((part) => [`HELM_${part}_HOME`, this.home]);
    const env = { ...process.env, ...Object.fromEntries(homes) };
    await run(this.command, [...args, "--kubeconfig", file, "--namespace", "default"], { env });
  }
}
