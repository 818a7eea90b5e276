import { ServiceRoute } from "./access/admission";
import { Cloud } from "./cloud";
import { getPolicy, setPolicy } from "./iamPolicy";
import { isObject } from "./json";
import { POLICY } from "./kinds";
import { Call } from "./router";
import { MethodId } from "./tables/methods";

/** Resources that have a policy each. */
export interface PolicyHolder {
  /** The calls are `<path>:getIamPolicy` and `<path>:setIamPolicy`. */
  path: string;
  /** Of the two methods, in this order. */
  ids: [MethodId, MethodId];
  /** What permissions are asked for on. Default: what the path names. */
  about?(call: Call): string;
  /** The resource that a call is about. @throws ApiError where there is none */
  find(call: Call): string;
  /** Which roles may be granted on it. Default: every role of Google's. */
  roles?: RegExp;
}

/** The two calls by which grants on a resource are read and changed. */
export function policyRoutes(
  { store, gke }: Cloud,
  { path, ids, about, find, roles }: PolicyHolder,
): ServiceRoute[] {
  const [getId, setId] = ids;
  return [
    {
      method: "POST",
      path: `${path}:getIamPolicy`,
      id: getId,
      about,
      handle: (call) => getPolicy(store, find(call)),
    },
    {
      method: "POST",
      path: `${path}:setIamPolicy`,
      id: setId,
      about,
      handle: (call) => {
        const { policy } = call.body;
        const changed = setPolicy(store, find(call), isObject(policy) ? policy : {}, roles);
        gke.cloudChanged();
        return changed;
      },
    },
  ];
}

/**
 * The call by which a resource is deleted, and with it the grants on it.
 * @param find the resource that a call is about. @throws ApiError where there is none
 */
export function deleteRoute(
  { store, gke }: Cloud,
  route: Pick<ServiceRoute, "path" | "id" | "about">,
  find: (call: Call) => { type: string; name: string },
): ServiceRoute {
  return {
    ...route,
    method: "DELETE",
    handle: (call) => {
      const { type, name } = find(call);
      store.delete(type, name);
      store.delete(POLICY.type, name);
      gke.cloudChanged();
      return {};
    },
  };
}
