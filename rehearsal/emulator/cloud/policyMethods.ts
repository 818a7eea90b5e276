import { ServiceMethod } from "./access/admission";
import { Cloud } from "./cloud";
import { ApiError, badRequest } from "./errors";
import { Change, getPolicy, policyJson, setPolicy } from "./iamPolicy";
import { at, isObject, JsonObject, optionalString } from "./json";
import { POLICY } from "./kinds";
import { MethodId } from "./tables/methods";
import { Call } from "./wire/call";

/** Resources that have a policy each. */
export interface PolicyHolder {
  /** The methods that read and write it, in this order. */
  ids: [MethodId, MethodId];
  /** What permissions are asked for on. Default: what the path names. */
  about?(call: Call): string;
  /** The resource that a call is about. @throws ApiError where there is none */
  find(call: Call): string;
  /** Which roles may be granted on it. Default: every role of Google's. */
  roles?: RegExp;
  /** Whether a write has the policy as its body, and not in a field `policy` beside a mask. */
  isBody?: boolean;
  /** What an answer has beside the policy. */
  more?(resource: string): JsonObject;
  /** What is answered to a write with an old etag. Default: what most services answer. */
  conflict?(): ApiError;
}

/** The two methods by which grants on a resource are read and changed. */
export function policyMethods(
  { store, gke }: Cloud,
  { ids, about, find, roles, isBody = false, more = () => ({}), conflict }: PolicyHolder,
): ServiceMethod[] {
  const [getId, setId] = ids;
  return [
    {
      id: getId,
      about,
      handle: (call) => {
        const resource = find(call);
        return {
          ...policyJson(getPolicy(store, resource), requestedVersion(call)),
          ...more(resource),
        };
      },
    },
    {
      id: setId,
      about,
      handle: (call) => {
        const resource = find(call);
        const change: Change = isBody ? { policy: call.body } : changeOf(call);
        const changed = setPolicy(store, resource, change, { roles, conflict });
        gke.cloudChanged();
        return { ...policyJson(changed, 3), ...more(resource) };
      },
    },
  ];
}

/** The most permissions of one test. A choice: the references name no number. */
const MOST_TESTED = 100;

/**
 * The method that tells which permissions its caller has on a resource. Nobody needs one to ask.
 * @param find the resource that a call is about. @throws ApiError where there is none
 */
export function testMethod(
  { callers }: Cloud,
  { id, about, more }: Pick<ServiceMethod, "id" | "about"> & { more?: JsonObject },
  find: (call: Call) => string,
): ServiceMethod {
  return {
    id,
    about,
    handle: (call) => {
      const asked = testedIn(call);
      const wrong = asked.find((permission) => !PERMISSION.test(permission));
      if (wrong !== undefined) {
        throw badRequest(`Permission ${wrong} is not valid for this resource.`);
      }
      if (asked.length > MOST_TESTED) {
        throw badRequest(
          `${asked.length} permissions were given; one request tests ${MOST_TESTED}.`,
        );
      }
      const permissions = callers.held(call.caller, asked, find(call));
      return { ...more, ...(permissions.length > 0 && { permissions }) };
    },
  };
}

/** A service, a kind and a verb: wildcards are refused. Source: the reference of `TestIamPermissionsRequest`. */
const PERMISSION = /^[a-z]+\.\w+\.\w+$/;

/** Cloud Storage has them in the query, the others in the body. */
function testedIn({ query, body: { permissions } }: Call): string[] {
  return Array.isArray(permissions) ? permissions.map(String) : query.getAll("permissions");
}

function changeOf({ body }: Call): Change {
  const { policy } = body;
  return { policy: isObject(policy) ? policy : {}, mask: optionalString(body, "updateMask") };
}

/** The version, from the body or the parameters, depending on the service. @throws ApiError if it is invalid */
function requestedVersion({ query, body }: Call): number {
  const version = Number(
    query.get("options.requestedPolicyVersion") ??
      query.get("optionsRequestedPolicyVersion") ??
      at(body, "options.requestedPolicyVersion") ??
      0,
  );
  if ([0, 1, 3].includes(version)) return version;
  throw new ApiError("INVALID_ARGUMENT", `Requested policy version (${version}) is not supported.`);
}

/**
 * The method by which a resource is deleted, and with it the grants on it.
 * @param find the resource that a call is about. @throws ApiError where there is none
 */
export function deleteMethod(
  { store, gke }: Cloud,
  method: Pick<ServiceMethod, "id" | "about">,
  find: (call: Call) => { type: string; name: string },
): ServiceMethod {
  return {
    ...method,
    handle: (call) => {
      const { type, name } = find(call);
      store.delete(type, name);
      store.delete(POLICY.type, name);
      gke.cloudChanged();
      return {};
    },
  };
}
