import type { Caller } from "./access/caller";
import { ApiError } from "./errors";
import { Json, JsonObject } from "./json";

/** One call of the emulated cloud's own API. */
export interface OwnCall {
  /** Values of the route's `{placeholders}`. */
  params: Record<string, string>;
  body: JsonObject;
  caller: Caller;
}

/** A route of the emulated cloud's own API, beside Google's. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH";
  /** `/admin/callers/{email}` */
  path: string;
  handle(call: OwnCall): Json | Promise<Json>;
}

interface Compiled {
  route: Route;
  pattern: RegExp;
  placeholders: string[];
}

/** Finds the route of a request to the emulated cloud itself. */
export class Router {
  private readonly compiled: Compiled[];

  constructor(routes: Route[]) {
    this.compiled = routes.map(compile);
  }

  /** @param path encoded @throws ApiError 404 where no route has the path, 501 where only other methods do */
  find(method: string, path: string): { route: Route; params: Record<string, string> } {
    const matching = this.compiled.flatMap((candidate) => {
      const match = candidate.pattern.exec(path);
      return match ? [{ ...candidate, values: match.slice(1) }] : [];
    });
    const found = matching.find(({ route }) => route.method === method);
    if (!found && matching.length > 0) {
      throw new ApiError("UNIMPLEMENTED", `${method} ${path} is not emulated.`);
    }
    if (!found) throw new ApiError("NOT_FOUND", `${path} is not a path of the emulated cloud.`);
    const entries = found.placeholders.map((name, i) => [
      name,
      decodeURIComponent(found.values[i] ?? ""),
    ]);
    return { route: found.route, params: Object.fromEntries(entries) as Record<string, string> };
  }
}

function compile(route: Route): Compiled {
  const placeholders: string[] = [];
  const source = route.path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    placeholders.push(name);
    return "([^/]+)";
  });
  return { route, pattern: new RegExp(`^${source}$`), placeholders };
}
