import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

const SEVERITIES = {
  debug: LogSeverity.DEBUG,
  info: LogSeverity.INFO,
  warning: LogSeverity.WARNING,
  error: LogSeverity.ERROR,
};

/** What a provider tells the user. A message with a URN is shown beside its resource. */
export interface Log {
  log(severity: keyof typeof SEVERITIES, message: string, urn?: string): void;
  /** Shown only until the next one, while the resource is being worked on. */
  status(message: string, urn: string): void;
}

/** The engine that started this provider, from the moment it tells its address. */
export class Engine implements Log {
  private client: EngineClient | undefined;
  private readonly pending = new Set<Promise<void>>();

  connect(address: string): void {
    this.client ??= new EngineClient(address, credentials.createInsecure());
  }

  log(severity: keyof typeof SEVERITIES, message: string, urn = ""): void {
    this.send(new LogRequest().setSeverity(SEVERITIES[severity]).setMessage(message).setUrn(urn));
  }

  status(message: string, urn: string): void {
    const request = new LogRequest().setSeverity(LogSeverity.INFO).setMessage(message).setUrn(urn);
    this.send(request.setEphemeral(true));
  }

  /** Ends when the engine has all messages: it drops those that come after their resource's operation. */
  async flush(): Promise<void> {
    await Promise.all(this.pending);
  }

  private send(request: LogRequest): void {
    const { client } = this;
    if (!client) return;
    // A message that cannot be delivered has no reader left.
    const sent = new Promise<void>((resolve) => client.log(request, () => resolve()));
    this.pending.add(sent);
    void sent.then(() => this.pending.delete(sent));
  }
}
