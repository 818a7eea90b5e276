import * as fs from "node:fs";
import * as path from "node:path";

import { SERVED_APIS, ServedApi } from "../../../toolchain/discoveryDocuments";

/**
 * Shape of a value, as discovery documents write it.
 * Source: "Discovery Document" of the Google API Discovery Service; `x-google-*` fields are left out.
 */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  readOnly?: boolean;
  /** In answers of older APIs, of `kind` alone: what an object is. */
  default?: string;
  description?: string;
}

export interface Parameter extends Schema {
  location: "path" | "query";
  required?: boolean;
  repeated?: boolean;
}

/** One method of one version of an API. */
export interface Method {
  /** The same in every version: `compute.networks.insert`. */
  id: string;
  api: string;
  /** As its paths say it: `v1beta1`, `beta`. */
  version: string;
  verb: string;
  parameters: Record<string, Parameter>;
  request?: Schema;
  response?: Schema;
  /** Schemas of the whole document, by name. */
  schemas: Record<string, Schema>;
}

/** A method that a request means. */
export interface Found {
  method: Method;
  /** The path without the version and without a verb after a colon: `projects/p/global/networks/n`. */
  name: string;
  /** Whether the path ends with a name, and not with a collection or a verb. */
  isNamed: boolean;
  /** Values of the path's placeholders by their name without `Id`: `project`, `location`, `cluster`. */
  params: Record<string, string>;
}

interface DocumentMethod {
  id: string;
  httpMethod: string;
  path: string;
  flatPath?: string;
  parameters?: Record<string, Parameter>;
  request?: { $ref: string };
  response?: { $ref: string };
}

interface DocumentResource {
  methods?: Record<string, DocumentMethod>;
  resources?: Record<string, DocumentResource>;
}

interface Document extends DocumentResource {
  version: string;
  servicePath: string;
  parameters: Record<string, Parameter>;
  schemas: Record<string, Schema>;
}

interface Pattern {
  method: Method;
  path: RegExp;
  placeholders: string[];
  isNamed: boolean;
}

/** The methods of Google's APIs, read from their discovery documents when they are first asked for. */
export class Discovery {
  /** One for each directory: a document takes a tenth of a second to read, and one process may run many clouds. */
  private static readonly known = new Map<string, Discovery>();
  private readonly loaded = new Map<ServedApi, Map<string, Pattern[]>>();

  private constructor(private readonly directory: string) {}

  /** @param directory holds `compute/v1/compute-api.json` and so on, as the Go module google.golang.org/api does */
  static in(directory: string): Discovery {
    const known = this.known.get(directory) ?? new Discovery(directory);
    this.known.set(directory, known);
    return known;
  }

  /** The method that a request means, if there is one. @param pathname encoded, as the request has it */
  find(host: string, verb: string, pathname: string): Found | undefined {
    for (const served of SERVED_APIS) {
      if (!served.hosts.includes(host) || !pathname.startsWith(served.prefix)) continue;
      const rest = pathname.slice(served.prefix.length);
      for (const pattern of this.patterns(served).get(bucketOf(verb, rest)) ?? []) {
        const match = pattern.path.exec(rest);
        if (match) return found(pattern, rest, match.slice(1));
      }
    }
    return undefined;
  }

  /** A method by its id, in each version that has it. */
  versionsOf(id: string): Method[] {
    const ofApi = SERVED_APIS.filter(({ api }) => id.startsWith(`${api}.`));
    return ofApi.flatMap((served) => {
      const all = [...this.patterns(served).values()].flat().map(({ method }) => method);
      return all.filter((method) => method.id === id);
    });
  }

  /** Methods by verb and number of segments, so that few have to be tried. */
  private patterns(served: ServedApi): Map<string, Pattern[]> {
    const known = this.loaded.get(served);
    if (known) return known;
    const patterns = new Map<string, Pattern[]>();
    const text = fs.readFileSync(path.join(this.directory, served.file), "utf8");
    const document = JSON.parse(text) as Document;
    for (const method of methodsIn(document)) {
      const template = `/${document.servicePath}${method.flatPath ?? method.path}`;
      if (!template.startsWith(served.prefix)) continue;
      const rest = template.slice(served.prefix.length);
      const bucket = bucketOf(method.httpMethod, rest);
      const all = patterns.get(bucket) ?? [];
      all.push(compile(served.api, document, method, rest));
      patterns.set(bucket, all);
    }
    this.loaded.set(served, patterns);
    return patterns;
  }
}

function bucketOf(verb: string, rest: string): string {
  return `${verb} ${rest.split("/").length}`;
}

function methodsIn({ methods = {}, resources = {} }: DocumentResource): DocumentMethod[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsIn)];
}

function compile(
  api: string,
  document: Document,
  { id, httpMethod: verb, parameters, request, response }: DocumentMethod,
  template: string,
): Pattern {
  const placeholders: string[] = [];
  const source = template.replace(/\{(\w+)\}/g, (_match, name: string) => {
    placeholders.push(name.replace(/s?Id\d*$/, ""));
    // A colon ends the name and starts a verb.
    return "([^/:]+)";
  });
  const method: Method = {
    id,
    api,
    version: document.version,
    verb,
    parameters: { ...document.parameters, ...parameters },
    request,
    response,
    schemas: document.schemas,
  };
  const isNamed = /\}(:\w+)?$/.test(template);
  return { method, path: new RegExp(`^${source}$`), placeholders, isNamed };
}

function found({ method, placeholders, isNamed }: Pattern, rest: string, values: string[]): Found {
  const name = rest
    .replace(/:[^/:]*$/, (end) => (method.id.endsWith(end.slice(1)) ? "" : end))
    .split("/")
    .map(decodeURIComponent)
    .join("/");
  const entries = placeholders.map((key, i) => [key, decodeURIComponent(values[i] ?? "")] as const);
  return { method, name, isNamed, params: Object.fromEntries(entries) };
}
