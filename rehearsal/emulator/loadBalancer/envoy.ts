import * as fs from "node:fs";
import * as path from "node:path";

import { ManagedProcess } from "../gke/controlPlane/managedProcess";
import { freePort } from "../gke/controlPlane/ports";
import { bootstrap, EnvoyFiles, EnvoyPaths, LISTENERS_FILE } from "./envoyConfig";

/** One thread, as much as a proxy of a few clients needs; the access log is written at once, for who reads it along. */
const ARGS = [
  ...["--disable-hot-restart", "--concurrency", "1"],
  ...["--file-flush-interval-msec", "100", "--log-level", "error"],
];

/** Files that lead to others come after them. */
const LAST = [LISTENERS_FILE];

/** One Envoy, which reads its configuration from files and again whenever one of them is replaced. */
export class Envoy {
  private readonly written = new Map<string, string>();

  private constructor(
    private readonly process: ManagedProcess,
    readonly paths: EnvoyPaths,
    readonly adminUrl: string,
    /** Path of its log. */
    readonly log: string,
  ) {}

  /** @throws StartupFailure with Envoy's last words */
  static async start(binary: string, directory: string, files: EnvoyFiles): Promise<Envoy> {
    const paths = pathsIn(directory);
    // The configuration of an earlier Envoy holds no longer.
    fs.rmSync(paths.directory, { recursive: true, force: true });
    fs.mkdirSync(paths.directory, { recursive: true });
    const port = await freePort();
    const config = path.join(directory, "envoy.json");
    fs.writeFileSync(config, JSON.stringify(bootstrap(paths, port), undefined, 2));
    const log = path.join(directory, "envoy.log");
    const process = new ManagedProcess({
      title: "Envoy",
      binary,
      args: [...["-c", config], ...ARGS],
      log,
      pidFile: path.join(directory, "envoy.pid"),
    });
    const envoy = new Envoy(process, paths, `http://127.0.0.1:${port}`, log);
    envoy.write(files);
    await process.start(() => envoy.isReady());
    return envoy;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get problem(): string | undefined {
    return this.process.problem;
  }

  /** Replaces what has changed. Envoy reads each file as a whole, because a rename replaces it at once. */
  write(files: EnvoyFiles): void {
    const names = Object.keys(files).sort((a, b) => LAST.indexOf(a) - LAST.indexOf(b));
    for (const name of names) {
      const text = JSON.stringify(files[name], undefined, 2);
      if (this.written.get(name) === text) continue;
      const file = path.join(this.paths.directory, name);
      fs.writeFileSync(`${file}.new`, text);
      fs.renameSync(`${file}.new`, file);
      this.written.set(name, text);
    }
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.adminUrl}/ready`, { signal: AbortSignal.timeout(1000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

export function pathsIn(directory: string): EnvoyPaths {
  return {
    directory: path.join(directory, "config"),
    accessLog: path.join(directory, "access.log"),
  };
}
