import { connect, type Socket } from "node:net";
import { once } from "node:events";

/** What a client that keeps to no rule sends, as text on the wire. */
export class BadClient {
  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {
    // It may be cut off at any time.
    socket.on("error", () => undefined);
  }

  static async to(url: string): Promise<BadClient> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    return new BadClient(socket, host);
  }

  /** The head of a request for a completion, whose body has so many bytes. */
  head(length: number): void {
    const lines = [
      "POST /v1/completions HTTP/1.1",
      `host: ${this.host}`,
      "content-type: application/json",
      `content-length: ${length}`,
    ];
    this.socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  }

  body(text: string): void {
    this.socket.write(text);
  }

  /** Waits for the first bytes of an answer. */
  async hear(): Promise<string> {
    const [first] = (await once(this.socket, "data")) as [Buffer];
    return first.toString("utf8");
  }

  /** Breaks the connection, as a process that is killed does. */
  hangUp(): void {
    this.socket.resetAndDestroy();
  }
}
