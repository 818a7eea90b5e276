import { randomBytes } from "node:crypto";

import { ApiError, badRequest } from "./errors";
import { isObject, JsonObject } from "./json";
import { Binding, Policy, POLICY, SERVICE_ACCOUNT, SERVICE_AGENT, WORKLOAD_POOL } from "./kinds";
import { Store } from "./store";

const ROLE = /^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/;
const MEMBER_TYPES = ["user", "group", "domain", "serviceAccount", "principal", "principalSet"];
const WORKLOAD_MEMBER = /^(?<pool>[^[]+\.svc\.id\.goog)\[[^/\]]+\/[^\]]+\]$/;

/** The policy of a resource; one that was never set has no bindings. */
export function getPolicy(store: Store, resource: string): Policy {
  return store.get(POLICY, resource)?.body ?? { version: 1, etag: "ACAB", bindings: [] };
}

/**
 * Replaces a policy whose etag the caller has read, so that of two parallel changes one is told to
 * start again.
 * @param roles which roles may be granted on the resource; left out, every role of Google's
 * @throws ApiError 409 for another etag, 400 for a role or a member that does not exist
 */
export function setPolicy(
  store: Store,
  resource: string,
  wanted: JsonObject,
  roles: RegExp = ROLE,
): Policy {
  const current = getPolicy(store, resource);
  const etag = wanted.etag;
  if (typeof etag === "string" && etag !== current.etag) {
    throw new ApiError(
      "ABORTED",
      "There were concurrent policy changes. Please retry the whole read-modify-write with " +
        `exponential backoff. The request's ETag '${etag}' did not match the current policy's ` +
        `ETag '${current.etag}'.`,
      "aborted",
    );
  }
  const bindings = (Array.isArray(wanted.bindings) ? wanted.bindings : []).map((value) =>
    binding(value, roles),
  );
  const known = new Set(current.bindings.flatMap((b) => b.members));
  for (const member of bindings.flatMap((b) => b.members)) {
    if (!known.has(member)) checkMember(store, member);
  }
  const policy = { version: 1, etag: randomBytes(8).toString("base64"), bindings };
  store.put(POLICY, resource, policy);
  return policy;
}

export function hasRole(store: Store, resource: string, role: string, member: string): boolean {
  return getPolicy(store, resource).bindings.some(
    (b) => b.role === role && b.condition === undefined && b.members.includes(member),
  );
}

/**
 * Google keeps the grants of a deleted account under a name that a new account of the same address
 * does not have.
 */
export function retireMember(store: Store, email: string, uniqueId: string): void {
  const gone = `serviceAccount:${email}`;
  const retired = `deleted:serviceAccount:${email}?uid=${uniqueId}`;
  for (const { name, body } of store.list(POLICY)) {
    if (!body.bindings.some((b) => b.members.includes(gone))) continue;
    const bindings = body.bindings.map((b) => ({
      ...b,
      members: b.members.map((m) => (m === gone ? retired : m)),
    }));
    store.put(POLICY, name, { ...body, etag: randomBytes(8).toString("base64"), bindings });
  }
}

function binding(value: unknown, roles: RegExp): Binding {
  const { role, members, condition } = value as Binding;
  if (typeof role !== "string" || !ROLE.test(role) || !roles.test(role)) {
    throw badRequest(`Role ${String(role)} is not supported for this resource.`);
  }
  const list = Array.isArray(members) ? members.map(String) : [];
  return { role, members: list, ...(isObject(condition) && { condition }) };
}

function checkMember(store: Store, member: string): void {
  if (member === "allUsers" || member === "allAuthenticatedUsers") return;
  const separator = member.indexOf(":");
  const [type, value] = [member.slice(0, separator), member.slice(separator + 1)];
  if (separator < 1 || value === "" || !MEMBER_TYPES.includes(type)) {
    throw badRequest(`Invalid value for member: "${member}". Expected "{type}:{value}".`);
  }
  if (type !== "serviceAccount") return;
  const pool = WORKLOAD_MEMBER.exec(value)?.groups?.pool;
  if (pool !== undefined) checkWorkloadPool(store, pool);
  else if (!exists(store, value)) throw badRequest(`Service account ${value} does not exist.`);
}

function checkWorkloadPool(store: Store, pool: string): void {
  if (store.get(WORKLOAD_POOL, pool)) return;
  throw badRequest(
    `Identity Pool does not exist (${pool}). Please check that you specified a valid resource ` +
      "name as returned in the `name` attribute in the configuration API.",
  );
}

function exists(store: Store, email: string): boolean {
  return [SERVICE_ACCOUNT, SERVICE_AGENT].some((kind) =>
    store.list<JsonObject>(kind).some(({ body }) => body.email === email),
  );
}
