import { Cloud, requireApi } from "../cloud";
import { BUCKET } from "../kinds";
import { checkProjectId, projectOf } from "../names";
import { Call, resourceName, Route } from "../router";
import { METHODS, MethodId } from "../tables/methods";
import { Need } from "./permissions";
import { refusal } from "./refusals";

/** A route of one of Google's services. */
export interface ServiceRoute extends Route {
  /** The method that it is at Google's: it says which API is called and which permissions it takes. */
  id: MethodId | ((call: Call) => MethodId);
  /**
   * What the call is about, and the permissions are asked for on. Default: what the path names, and
   * its project where the path names a collection.
   */
  about?(call: Call): string;
  /** Permissions on other resources that the call uses. */
  also?(call: Call): Need[];
}

/**
 * Puts what Google's front door asks of every call before it: a legal project, the API enabled in
 * it, and the caller's permissions.
 */
export function admitted(cloud: Cloud, routes: ServiceRoute[]): Route[] {
  return routes.map((route) => ({
    ...route,
    handle: (call) => {
      admit(cloud, route, call);
      return route.handle(call);
    },
  }));
}

function admit({ store, callers }: Cloud, route: ServiceRoute, call: Call): void {
  const id = typeof route.id === "function" ? route.id(call) : route.id;
  const service = id.slice(0, id.indexOf("."));
  const resource =
    route.about?.(call) ?? resourceName(route.path.replace(/:\w+$/, ""), call.params);
  const project = store.get(BUCKET, resource)?.body.project ?? projectOf(resource);
  checkProjectId(project);
  requireApi(store, project, `${service}.googleapis.com`);
  const own = METHODS[id].map((permission) => ({ permission, resource }));
  const missing = callers.unmet(call.caller, [...own, ...(route.also?.(call) ?? [])]);
  if (missing.length > 0) throw refusal(service, missing, call.caller);
}
