import { CannotSay } from "../support/commandExit";

/** A cluster that may answer. */
export interface Server {
  name: string;
  /** Its context in a kubeconfig. */
  context: string;
  /** Value of a request's field `model`. */
  model: string;
  /** Names of its adapters. */
  adapters: string[];
}

/** The gateway of a stack, as its outputs describe it: docs/outputs.schema.json. */
export interface Gateway {
  /** `http://<address>` by region. */
  urls: Record<string, string>;
  /** `http://<name>`, for clients of all regions. */
  privateUrl?: string;
  model: string;
  servers: Server[];
  /** Namespace of model servers, pool and gateway. */
  namespace: string;
  poolName: string;
  /** Priority of each objective by name; undefined if the stack was updated before it had this output. */
  objectives?: Record<string, number>;
}

/** The outputs that a verification reads. No other leaves the stack: `kubeconfigs` is secret. */
export const OUTPUTS = [
  "gatewayUrls",
  "privateUrl",
  "model",
  "clusters",
  "namespace",
  "poolName",
  "objectives",
] as const;

type Outputs = Record<string, unknown>;

/**
 * Reads the outputs of a stack.
 * @param from names the stack or the file
 * @throws CannotSay with every problem
 */
export function gatewayOf(outputs: Outputs, from: string): Gateway {
  const reader = new Reader(outputs);
  const gateway: Gateway = {
    urls: reader.urls("gatewayUrls"),
    privateUrl: reader.optional("privateUrl", (key) => reader.url(key, outputs[key])),
    model: reader.text("model"),
    servers: reader.servers("clusters"),
    namespace: reader.text("namespace"),
    poolName: reader.text("poolName"),
    objectives: reader.optional("objectives", (key) => reader.priorities(key)),
  };
  const { problems } = reader;
  if (problems.length === 0) return gateway;
  throw new CannotSay(
    `${from} does not describe a gateway (docs/outputs.schema.json):\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
  );
}

/** Reads values, and writes down what is wrong with them. */
class Reader {
  readonly problems: string[] = [];

  constructor(private readonly outputs: Outputs) {}

  text(key: string, value = this.outputs[key]): string {
    return typeof value === "string" && value !== "" ? value : this.wrong(key, value, "text", "");
  }

  optional<T>(key: string, read: (key: string) => T): T | undefined {
    const value = this.outputs[key];
    return value === undefined || value === null ? undefined : read(key);
  }

  url(key: string, value: unknown): string {
    const isUrl = typeof value === "string" && /^http:\/\/[^/]+$/.test(value);
    return isUrl ? value : this.wrong(key, value, "http://<host>, without a path", "");
  }

  urls(key: string): Record<string, string> {
    return Object.fromEntries(
      this.entries(key, "a URL for each of one or more regions").map(([region, value]) => [
        region,
        this.url(`${key}.${region}`, value),
      ]),
    );
  }

  priorities(key: string): Record<string, number> {
    const value = this.outputs[key];
    const given = isObject(value) ? Object.entries(value) : this.wrong(key, value, "an object", []);
    return Object.fromEntries(
      given.map(([name, priority]) => [
        name,
        typeof priority === "number"
          ? priority
          : this.wrong(`${key}.${name}`, priority, "a number", 0),
      ]),
    );
  }

  /** A config cluster without GPUs has no model, and answers nothing. */
  servers(key: string): Server[] {
    return this.entries(key, "one or more clusters").flatMap(([name, value]) => {
      const { context, model } = isObject(value) ? value : {};
      if (model === undefined || model === null) return [];
      const { id, adapters = [] } = isObject(model) ? model : {};
      const list = Array.isArray(adapters) ? (adapters as unknown[]) : [];
      return [
        {
          name,
          context: this.text(`${key}.${name}.context`, context),
          model: this.text(`${key}.${name}.model.id`, id),
          adapters: list.map((adapter, i) =>
            this.text(
              `${key}.${name}.model.adapters[${i}].name`,
              isObject(adapter) ? adapter.name : undefined,
            ),
          ),
        },
      ];
    });
  }

  private entries(key: string, allowed: string): [string, unknown][] {
    const value = this.outputs[key];
    const entries = isObject(value) ? Object.entries(value) : [];
    return entries.length > 0 ? entries : this.wrong(key, value, allowed, []);
  }

  private wrong<T>(key: string, value: unknown, allowed: string, fallback: T): T {
    const given = value === undefined ? "nothing" : JSON.stringify(value);
    this.problems.push(`${key}: got ${given}; allowed: ${allowed}`);
    return fallback;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
