import { Cloud } from "./cloud";
import { getPolicy, setPolicy } from "./iamPolicy";
import { isObject } from "./json";
import { POLICY } from "./kinds";
import { Call, Route } from "./router";

/**
 * The two calls by which grants on a resource are read and changed.
 * @param path of the resource; the calls are `<path>:getIamPolicy` and `<path>:setIamPolicy`
 * @param nameOf the resource that a call is about. @throws ApiError where there is none
 * @param roles which roles may be granted on it; left out, every role of Google's
 */
export function policyRoutes(
  { store, gke }: Cloud,
  path: string,
  nameOf: (call: Call) => string,
  roles?: RegExp,
): Route[] {
  return [
    {
      method: "POST",
      path: `${path}:getIamPolicy`,
      handle: (call) => getPolicy(store, nameOf(call)),
    },
    {
      method: "POST",
      path: `${path}:setIamPolicy`,
      handle: (call) => {
        const { policy } = call.body;
        const changed = setPolicy(store, nameOf(call), isObject(policy) ? policy : {}, roles);
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
  path: string,
  find: (call: Call) => { type: string; name: string },
): Route {
  return {
    method: "DELETE",
    path,
    handle: (call) => {
      const { type, name } = find(call);
      store.delete(type, name);
      store.delete(POLICY.type, name);
      gke.cloudChanged();
      return {};
    },
  };
}
