import * as fs from "node:fs";
import * as http2 from "node:http2";
import { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { CertificateAuthority } from "../../../../emulator/gke/controlPlane/pki";

/** In place of a choice: the picker takes connections, and breaks off every stream. */
export const BREAKS = (): string => "";

/**
 * An endpoint picker that always picks the same: what Envoy and it say to each other is the real thing
 * (envoy.service.ext_proc.v3, all bodies streamed both ways), and the choice is not.
 */
export class Picker {
  /** Requests that it was asked about. */
  asked = 0;

  private constructor(
    private readonly server: http2.Http2SecureServer,
    private readonly sessions: Set<http2.ServerHttp2Session>,
    readonly address: string,
  ) {}

  /**
   * @param endpoint `ip:port` that it picks, whatever the request; BREAKS to break off every stream
   * @param at its port; 0 is a free one
   */
  static async start(ip: string, endpoint: () => string, at = 0): Promise<Picker> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "picker-"));
    const ca = await CertificateAuthority.open(directory);
    fs.rmSync(directory, { recursive: true });
    const names = [{ type: "dns", value: "picker" } as const];
    const { privateKey, public: cert } = await ca.issueServerCertificate("picker", names);
    const server = http2.createSecureServer({ key: privateKey, cert });
    const sessions = new Set<http2.ServerHttp2Session>();
    server.on("session", (session) =>
      sessions.add(session.on("close", () => sessions.delete(session))),
    );
    await new Promise<void>((resolve) => server.listen(at, ip, resolve));
    const { port } = server.address() as AddressInfo;
    const picker = new Picker(server, sessions, `${ip}:${port}`);
    server.on("stream", (stream) => picker.serve(stream, endpoint));
    return picker;
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(stream: http2.ServerHttp2Stream, endpoint: () => string): void {
    if (endpoint === BREAKS) {
      stream.on("error", () => undefined).close(http2.constants.NGHTTP2_INTERNAL_ERROR);
      return;
    }
    stream.respond(
      { ":status": 200, "content-type": "application/grpc" },
      { waitForTrailers: true },
    );
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.on("error", () => undefined);
    let buffer = Buffer.alloc(0);
    stream.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      while (buffer.length >= 5 && buffer.length >= 5 + buffer.readUInt32BE(1)) {
        const end = 5 + buffer.readUInt32BE(1);
        const answer = this.answer(buffer.subarray(5, end), endpoint);
        buffer = buffer.subarray(end);
        if (answer) stream.write(frame(answer));
      }
    });
    stream.on("end", () => stream.end());
  }

  /** Fields of ProcessingRequest and ProcessingResponse. */
  private answer(request: Buffer, endpoint: () => string): Buffer | undefined {
    for (const { number, value } of fieldsOf(request)) {
      if (number === 2) {
        this.asked++;
        return field(
          1,
          field(1, Buffer.concat([field(2, destination(endpoint())), CLEAR_ROUTE_CACHE])),
        );
      }
      if (number === 3) return field(2, Buffer.alloc(0));
      if (number === 4) return field(3, echoed(value));
      if (number === 5) return field(4, echoed(value));
      if (number === 6) return field(5, Buffer.alloc(0));
      if (number === 7) return field(6, Buffer.alloc(0));
    }
    return undefined;
  }
}

/** `clear_route_cache: true` of CommonResponse: a real picker says so. */
const CLEAR_ROUTE_CACHE = Buffer.from([5 << 3, 1]);

/** HeaderMutation with one header. */
function destination(endpoint: string): Buffer {
  const key = field(1, Buffer.from("x-gateway-destination-endpoint"));
  const header = Buffer.concat([key, field(3, Buffer.from(endpoint))]);
  return field(1, field(1, header));
}

/** BodyResponse that passes a piece of a body on. */
function echoed(httpBody: Buffer): Buffer {
  return field(1, field(3, field(3, httpBody)));
}

interface Field {
  number: number;
  value: Buffer;
}

/** Fields with a length; others are passed over. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const length = varint();
    if (tag % 8 !== 2) continue;
    fields.push({ number: Math.floor(tag / 8), value: message.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

function field(number: number, value: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = value.length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest % 128) + 128);
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), value]);
}

function frame(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
