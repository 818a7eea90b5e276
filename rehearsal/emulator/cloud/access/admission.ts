import { Cloud } from "../cloud";
import { requireApi } from "../enabledApis";
import { Json } from "../json";
import { BUCKET } from "../kinds";
import { checkProjectId, projectOf } from "../names";
import { makeProject } from "../projects";
import { METHODS, MethodId } from "../tables/methods";
import { Call } from "../wire/call";
import { Need } from "./permissions";
import { refusal } from "./refusals";

/** What a method of one of Google's services does here. */
export interface ServiceMethod {
  /** Google's id of it: says which API is called, and which permissions it takes. */
  id: MethodId;
  /** What the call is about, and the permissions are asked for on. Default: `subjectOf`. */
  about?(call: Call): string;
  /** Permissions on other resources that the call uses. */
  also?(call: Call): Need[];
  handle(call: Call): Json | Promise<Json>;
}

/** What a path names, and its project where the path names a collection. */
export function subjectOf({ name, isNamed }: Call): string {
  return isNamed ? name : `projects/${projectOf(name)}`;
}

/**
 * What Google's front end asks of every call: a legal project, the API enabled in it, and the caller's permissions.
 * @throws ApiError
 */
export function admit({ store, callers }: Cloud, method: ServiceMethod, call: Call): void {
  const { api } = call.method;
  const resource = method.about?.(call) ?? subjectOf(call);
  const project = store.get(BUCKET, resource)?.body.project ?? projectOf(resource);
  checkProjectId(project);
  makeProject(store, project);
  requireApi(store, project, `${api}.googleapis.com`);
  const own = METHODS[method.id].map((permission) => ({ permission, resource }));
  const refuse = (needs: Need[]) => {
    const missing = callers.unmet(call.caller, needs);
    if (missing.length > 0) throw refusal(api, missing, call.caller);
  };
  refuse([...own, ...needsBeside(method, call, () => refuse(own))]);
}

/** A call that is wrong in itself names no needs: whoever lacks a permission hears of that first. */
function needsBeside(method: ServiceMethod, call: Call, refuseOwn: () => void): Need[] {
  try {
    return method.also?.(call) ?? [];
  } catch (wrong) {
    refuseOwn();
    throw wrong;
  }
}
