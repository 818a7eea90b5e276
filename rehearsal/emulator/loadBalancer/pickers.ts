import { connect } from "node:tls";

/** @returns whether the address takes a connection as Envoy makes it; false if the signal aborts first */
export type Handshake = (address: string, signal: AbortSignal) => Promise<boolean>;

const PATIENCE_MS = 5000;

/**
 * Which pickers take connections. One that is Ready may not: a picker serves its health before it has made the key of its
 * own certificate. `tick` begins checks and never waits.
 */
export class PickerChecks {
  private readonly taking = new Map<string, boolean>();
  private readonly underWay = new Set<string>();
  private readonly ending = new AbortController();

  constructor(private readonly ask: Handshake = handshake) {}

  /** Checks these, `ip:port`, and forgets all others. @returns resolves when the checks that it has begun are over */
  async tick(addresses: readonly string[]): Promise<void> {
    const wanted = new Set(addresses);
    for (const known of this.taking.keys()) if (!wanted.has(known)) this.taking.delete(known);
    const due = [...wanted].filter((address) => !this.underWay.has(address));
    await Promise.all(due.map((address) => this.check(address)));
  }

  /** As the last check said; not before the first. */
  takes(address: string): boolean {
    return this.taking.get(address) ?? false;
  }

  /** Ends the checks that are under way. */
  stop(): void {
    this.ending.abort();
  }

  private async check(address: string): Promise<void> {
    this.underWay.add(address);
    const takes = await this.ask(address, this.ending.signal);
    this.underWay.delete(address);
    this.taking.set(address, takes);
  }
}

/** A picker shows a certificate that it has signed itself: it is not verified. */
function handshake(address: string, signal: AbortSignal): Promise<boolean> {
  const at = address.lastIndexOf(":");
  const [host, port] = [address.slice(0, at), Number(address.slice(at + 1))];
  return new Promise((resolve) => {
    const socket = connect({ host, port, ALPNProtocols: ["h2"], rejectUnauthorized: false });
    const end = (takes: boolean) => {
      signal.removeEventListener("abort", fail);
      socket.destroy();
      resolve(takes);
    };
    const fail = () => end(false);
    socket.once("secureConnect", () => end(true));
    socket.once("error", fail).once("close", fail).setTimeout(PATIENCE_MS, fail);
    signal.addEventListener("abort", fail);
  });
}
