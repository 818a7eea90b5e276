import * as net from "node:net";

/** A port of a pod: what arrives there goes on to the port of this machine that the pod's process really has. */
export class Forwarder {
  private readonly open = new Set<net.Socket>();

  private constructor(
    private readonly server: net.Server,
    private readonly target: number,
  ) {
    server.on("connection", (socket) => this.forward(socket));
  }

  /**
   * @param address loopback address of the pod
   * @param port of the container
   * @param target port of 127.0.0.1
   * @throws Error with code EADDRINUSE where somebody has the address already
   */
  static listen(address: string, port: number, target: number): Promise<Forwarder> {
    return new Promise((resolve, reject) => {
      // Each direction of a connection may end on its own, as TCP allows.
      const server = net.createServer({ allowHalfOpen: true, noDelay: true });
      server.once("error", reject);
      server.listen(port, address, () => {
        server.off("error", reject);
        resolve(new Forwarder(server, target));
      });
    });
  }

  /** Refuses new connections and breaks off the open ones. */
  close(): void {
    this.server.close();
    for (const socket of this.open) socket.resetAndDestroy();
  }

  private forward(client: net.Socket): void {
    const server = net.connect({
      host: "127.0.0.1",
      port: this.target,
      noDelay: true,
      allowHalfOpen: true,
    });
    this.join(client, server);
    this.join(server, client);
  }

  /** What breaks on one side breaks on the other. */
  private join(from: net.Socket, to: net.Socket): void {
    this.open.add(from);
    from.pipe(to);
    from.on("error", () => to.resetAndDestroy());
    from.on("close", () => {
      this.open.delete(from);
      if (!from.readableEnded) to.destroy();
    });
  }
}
