import { once } from "node:events";
import * as fs from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

import { Engine, type Log } from "./engine";
import type { Provider } from "./provider";
import { listen } from "./serve";
import { messageOf } from "../../../toolchain/errors";

/** Gives what makes the provider of a name. */
type Load = (name: string) => Promise<(log: Log) => Provider>;

/** How long it waits for its first connection, and for one that says what it wants. */
const PATIENCE_MS = 10_000;

/**
 * One process for all plugins of one `pulumi` command. The engine starts one for each provider of each cluster, one
 * after another, and a process of Node each would be a good part of what a preview takes. Here each is a connection,
 * which names a provider and gets the port of its own server; the server ends with it. Without connections the
 * host ends too.
 * @param file gets the host's port, for the plugins that come later
 */
export async function host(file: string, load: Load): Promise<void> {
  const open = new Set<Socket>();
  const unwanted = setTimeout(() => process.exit(0), PATIENCE_MS);
  const server = createServer((socket) => {
    clearTimeout(unwanted);
    open.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      if (open.size === 0) process.exit(0);
    });
    // A plugin that was killed may reset its connection.
    socket.on("error", () => socket.destroy());
    attend(socket, load).catch((error: unknown) => {
      console.error(messageOf(error));
      socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  process.on("exit", () => fs.rmSync(file, { force: true }));
  writeWhole(file, `${port}\n`);
  // The plugin that started this process reads it from here.
  process.stdout.write(`${port}\n`);
}

/** Serves one plugin for as long as its connection lasts. */
async function attend(socket: Socket, load: Load): Promise<void> {
  const lines = createInterface({ input: socket });
  const [name] = (await once(lines, "line", { signal: AbortSignal.timeout(PATIENCE_MS) })) as [
    string,
  ];
  const engine = new Engine();
  const provider = (await load(name))(engine);
  const server = await listen(provider, engine);
  const end = () => {
    provider.cancel?.();
    server.close();
  };
  if (socket.destroyed) end();
  else socket.once("close", end).write(`${server.port}\n`);
}

/** A reader never sees half of the file. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text);
  fs.renameSync(draft, file);
}
