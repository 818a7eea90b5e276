import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { Engine, Log } from "./engine";
import { Provider } from "./provider";
import { providerService } from "./service";

/**
 * The main function of a provider plugin: serves until the engine is done with it or gone.
 * @param create given the log of the engine that started this process
 */
export async function serve(create: (log: Log) => Provider): Promise<void> {
  const engine = new Engine();
  const server = await listen(create(engine), engine);
  endWithEngine();
  // The engine reads the port from the first line.
  process.stdout.write(`${server.port}\n`);
}

/** Serves a provider on a free port of 127.0.0.1. */
export async function listen(
  provider: Provider,
  engine = new Engine(),
): Promise<{ port: number; close(): void }> {
  // A state may hold objects of any size: a CRD alone may take a megabyte.
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(ResourceProviderService, providerService(provider, engine));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

/**
 * The engine interrupts its plugins when it is done. One that crashed or was killed cannot, but the pipe that it
 * held as this process's standard input then ends.
 */
function endWithEngine(): void {
  const end = () => process.exit(0);
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.stdin.on("end", end).on("error", end).resume();
}
