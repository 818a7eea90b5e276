import { ClusterUnreachable } from "../../kube/errors";
import * as plugin from "../plugin";
import { check } from "./check";
import { systemClock } from "./clock";
import { connect, describeFailure } from "./cluster";
import { diffConfig } from "./config/diffConfig";
import { parseSettings, unsupportedSettings } from "./config/settings";
import { Context } from "./context";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { read } from "./read";
import { Scopes } from "./scopes";
import { update } from "./update";

/** The kubernetes provider over one cluster. README.md says where it differs from the real one. */
export class KubernetesProvider implements plugin.Provider {
  readonly name = "kubernetes";
  readonly version = "4.34.2+rehearsal";
  readonly supportsAutonaming = true;
  private readonly cancellation = new AbortController();
  private configured: Context | undefined;

  constructor(
    private readonly log: plugin.Log,
    private readonly env: NodeJS.ProcessEnv = process.env,
    private readonly clock = systemClock,
  ) {}

  async checkConfig({ newInputs }: plugin.CheckRequest): Promise<plugin.CheckResponse> {
    return { inputs: newInputs, failures: unsupportedSettings(newInputs, this.env) };
  }

  async diffConfig(request: plugin.DiffRequest): Promise<plugin.DiffResponse> {
    return diffConfig(request, this.env);
  }

  async configure(config: plugin.PropertyMap): Promise<void> {
    const settings = parseSettings(config, this.env);
    const cluster = await connect(settings);
    const scopes = new Scopes(cluster);
    const { log, clock, cancellation } = this;
    this.configured = { settings, cluster, scopes, log, clock, cancelled: cancellation.signal };
  }

  check(request: plugin.CheckRequest): Promise<plugin.CheckResponse> {
    return inWords(check(request, this.context));
  }

  diff(request: plugin.DiffRequest): Promise<plugin.DiffResponse> {
    return inWords(diff(request, this.context));
  }

  create(request: plugin.CreateRequest): Promise<plugin.CreateResponse> {
    return inWords(create(request, this.context));
  }

  read(request: plugin.ReadRequest): Promise<plugin.ReadResponse | undefined> {
    return inWords(read(request, this.context));
  }

  update(request: plugin.UpdateRequest): Promise<plugin.PropertyMap> {
    return inWords(update(request, this.context));
  }

  delete(request: plugin.DeleteRequest): Promise<void> {
    return inWords(remove(request, this.context));
  }

  cancel(): void {
    this.cancellation.abort();
  }

  private get context(): Context {
    if (!this.configured) throw new Error("the kubernetes provider is not configured yet");
    return this.configured;
  }
}

/** Where the server did not answer, the words of the real provider for it. */
function inWords<T>(operation: Promise<T>): Promise<T> {
  return operation.catch((error: unknown) => {
    throw error instanceof ClusterUnreachable ? new Error(describeFailure(error)) : error;
  });
}
