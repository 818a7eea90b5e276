import type { Scopes } from "../fleet/scopes";
import { isVersion } from "../fleet/version";
import { append, type Resource, type Value } from "../frame";
import type { Flag } from "../picker/flags";

import { type CommandLine, commandLineOf, serverFlagsOf } from "./commandLine";
import { asksForGpus } from "./gpuRequests";
import { imageOf } from "./image";
import { containersOf, initContainersOf, podRunners, selects, servingTemplateOf } from "./podSpec";

/** Model servers whose metrics policies know. */
export type Engine = "vllm" | "sglang";

/** Path of their metrics. */
export const METRICS_PATH = "/metrics";

/** Health paths of each engine. */
const HEALTH_PATHS: Readonly<Record<Engine, readonly string[]>> = {
  vllm: ["/health"],
  sglang: ["/health", "/health_generate"],
};

/** The pods that serve a model, in the object that runs them. */
export class ModelServer {
  readonly resource: Resource;
  readonly template: Value;
  readonly container: Value;
  /** Key of its cluster and namespace. */
  readonly scope: string;
  /** Undefined for another engine, or if the image is not known yet. */
  readonly engine: Engine | undefined;
  private knownCommandLine: CommandLine | undefined;
  private knownFlags: ReadonlyMap<string, Flag> | undefined;

  constructor(resource: Resource, template: Value, container: Value, scope: string) {
    this.resource = resource;
    this.template = template;
    this.container = container;
    this.scope = scope;
    this.engine = engineOf(container);
  }

  /** How it is started. */
  get commandLine(): CommandLine {
    this.knownCommandLine ??= commandLineOf(this.container);
    return this.knownCommandLine;
  }

  /** The flags on its command line, by name; none if that cannot be read. */
  get flags(): ReadonlyMap<string, Flag> {
    this.knownFlags ??=
      this.commandLine.kind === "read" ? serverFlagsOf(this.container) : new Map<string, Flag>();
    return this.knownFlags;
  }

  get image(): Value {
    return this.container.at("image");
  }

  /** The image's tag, if it is a version. */
  get version(): string | undefined {
    const tag = imageOf(this.image)?.tag;
    return tag !== undefined && isVersion(tag) ? tag : undefined;
  }

  /** Its name in messages: `vLLM v0.18.1`. */
  get title(): string {
    const title = this.engine === "sglang" ? "SGLang" : "vLLM";
    return this.version === undefined ? title : `${title} ${this.version}`;
  }

  /** Its health paths; undefined for another engine. */
  get healthPaths(): readonly string[] | undefined {
    return this.engine && HEALTH_PATHS[this.engine];
  }

  get labels(): Value {
    return this.template.at("metadata", "labels");
  }

  /** No other container of its pod may take requests in its place, such as a proxy. */
  get isAlone(): boolean {
    const { template } = this;
    const lists = ["containers", "initContainers"].map((list) => template.at("spec", list));
    const sidecars = initContainersOf(template).filter((each) => {
      return each.at("restartPolicy").unknown || each.at("restartPolicy").text === "Always";
    });
    return (
      lists.every(({ unknown }) => !unknown) &&
      containersOf(template).length === 1 &&
      sidecars.length === 0
    );
  }

  /** The flag by which it takes HTTPS, null if there is none; undefined if that is not known. */
  get tlsFlag(): Flag | null | undefined {
    const { engine, commandLine, flags } = this;
    const isRead = engine !== undefined && commandLine.kind === "read" && !flags.has("config");
    const flag = flags.get("ssl-certfile") ?? flags.get("ssl-keyfile");
    return isRead && this.isAlone ? (flag ?? null) : undefined;
  }

  /** Whether a flag, by its name without dashes, is on its command line. */
  hasFlag(name: string): boolean {
    return this.flags.has(name);
  }

  /**
   * Ports that the pod's containers declare; undefined if one is not known, or if they declare
   * none.
   */
  get ports(): readonly number[] | undefined {
    const ports = containersOf(this.template).map((container) => container.at("ports"));
    const numbers = ports
      .flatMap(({ items }) => items ?? [])
      .map((port) => port.at("containerPort"));
    const known = numbers.flatMap(({ number }) => number ?? []);
    const complete = known.length === numbers.length && ports.every(({ unknown }) => !unknown);
    return complete && known.length > 0 ? known : undefined;
  }
}

/** The model servers of a stack, by scope and by the labels of their pods. */
export class ModelServers {
  private readonly byLabel = new Map<string, ModelServer[]>();

  constructor(scopes: Scopes) {
    for (const [scope, resources] of scopes.group(podRunners)) {
      for (const server of resources.flatMap((resource) => modelServerOf(resource, scope) ?? [])) {
        this.add(server);
      }
    }
  }

  /** Model servers of a scope that a selector's `matchLabels` select. */
  selectedBy(matchLabels: Value, scope: string): readonly ModelServer[] {
    const buckets = (matchLabels.fields ?? []).map(([key, value]) => {
      return this.byLabel.get(labelKey(scope, key, value.text)) ?? [];
    });
    const [smallest = []] = buckets.sort((one, other) => one.length - other.length);
    return smallest.filter(({ labels }) => selects(matchLabels, labels));
  }

  private add(server: ModelServer): void {
    for (const [key, value] of server.labels.fields ?? []) {
      append(this.byLabel, labelKey(server.scope, key, value.text), server);
    }
  }
}

/** The model server that an object runs. */
export function modelServerOf(resource: Resource, scope: string): ModelServer | undefined {
  const template = servingTemplateOf(resource);
  const containers = containersOf(template);
  const container =
    containers.find((each) => engineOf(each) !== undefined) ??
    containers.find((each) => asksForGpus(each) === true);
  return container && new ModelServer(resource, template, container, scope);
}

/**
 * The engine of a container, by the image's name: `vllm/vllm-openai`, `lmsysorg/sglang`, or a
 * mirror of either.
 */
export function engineOf(container: Value): Engine | undefined {
  const name = imageOf(container.at("image"))?.repository.split("/").at(-1) ?? "";
  const [, engine] = /^(vllm|sglang)(?:-|$)/.exec(name) ?? [];
  return engine === "vllm" || engine === "sglang" ? engine : undefined;
}

function labelKey(scope: string, key: string, value: string | undefined): string {
  return `${scope} ${key}=${value}`;
}
