import * as fs from "node:fs/promises";
import * as path from "node:path";

import { deletePrefix } from "./etcdKeys";
import { ManagedProcess } from "./managedProcess";
import { freePort } from "./ports";

/** The one etcd of the rehearsal: every cluster keeps its objects under a prefix of its own. */
export class Etcd {
  private constructor(
    private readonly process: ManagedProcess,
    readonly url: string,
  ) {}

  /** @throws StartupFailure */
  static async start(binary: string, directory: string): Promise<Etcd> {
    await fs.mkdir(directory, { recursive: true });
    const [client, peer] = [await freePort(), await freePort()].map((p) => `http://127.0.0.1:${p}`);
    const url = String(client);
    const process = new ManagedProcess({
      title: "etcd",
      binary,
      args: [
        "--name=rehearsal",
        `--data-dir=${path.join(directory, "data")}`,
        // Only a crash of the whole machine could lose what is not synced, and that ends a
        // rehearsal.
        "--unsafe-no-fsync",
        `--listen-client-urls=${url}`,
        `--advertise-client-urls=${url}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=rehearsal=${peer}`,
        // A daemon that comes back gives etcd another peer port than the member remembers.
        "--force-new-cluster",
        "--log-level=warn",
      ],
      log: path.join(directory, "etcd.log"),
      pidFile: path.join(directory, "etcd.pid"),
    });
    await process.start(() => isHealthy(url));
    return new Etcd(process, url);
  }

  /** Deletes every key that begins with `prefix`. */
  deletePrefix(prefix: string): Promise<void> {
    return deletePrefix(this.url, prefix);
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    async (response) => (await response.text()).includes('"health":"true"'),
    () => false,
  );
}
