import { createHash, randomBytes } from "node:crypto";

import { ApiError, badRequest } from "./errors";
import { isObject, Json, JsonObject } from "./json";
import { Binding, Policy, POLICY, SERVICE_ACCOUNT, SERVICE_AGENT, WORKLOAD_POOL } from "./kinds";
import { Store } from "./store";

const ROLE = /^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/;
/** Etag of every policy that was never set. Source: answers of `getIamPolicy` in public logs. */
const NEVER_SET = "ACAB";
/** The version of policies with conditions. */
const CONDITIONAL = 3;
const MEMBER_TYPES = ["user", "group", "domain", "serviceAccount", "principal", "principalSet"];
const WORKLOAD_MEMBER = /^(?<pool>[^[]+\.svc\.id\.goog)\[[^/\]]+\/[^\]]+\]$/;

/** What a write says. */
export interface Change {
  policy: JsonObject;
  /** Which fields of the policy it changes. Default: its bindings. */
  mask?: string;
}

/** What a policy of one service is held to. */
export interface PolicyRules {
  /** Which roles may be granted on the resource. Default: every role of Google's. */
  roles?: RegExp;
  /** The refusal of a write with an old etag. Default: what most services answer. */
  conflict?(): ApiError;
}

/** The policy of a resource; one that was never set has no bindings. */
export function getPolicy(store: Store, resource: string): Policy {
  return store.get(POLICY, resource)?.body ?? { etag: NEVER_SET, bindings: [] };
}

/**
 * A policy as its readers see it: without its conditions for one who does not know of them, whose roles then have a name
 * that no role has. Source: "Specifying a policy version when getting a policy" of IAM's reference; the name is seen in
 * policies that tools have read.
 * @param version that the reader knows, 0 where it does not say
 */
export function policyJson({ etag, bindings, auditConfigs }: Policy, version: number): JsonObject {
  if (etag === NEVER_SET) return { etag };
  const isConditional = bindings.some(({ condition }) => condition !== undefined);
  return {
    version: isConditional && version >= CONDITIONAL ? CONDITIONAL : 1,
    etag,
    ...(bindings.length > 0 && {
      bindings: version >= CONDITIONAL ? bindings : bindings.map(withoutCondition),
    }),
    auditConfigs,
  };
}

function withoutCondition({ role, members, condition }: Binding): Binding {
  if (condition === undefined) return { role, members };
  const hash = createHash("sha256").update(JSON.stringify(condition)).digest("hex").slice(0, 20);
  return { role: `${role}_withcond_${hash}`, members };
}

/**
 * Replaces a policy whose etag the caller has read, so that one of two parallel changes has to start
 * again.
 * @throws ApiError 409 for another etag, 400 for a role or a member that does not exist, and for a version too old for
 * conditions
 */
export function setPolicy(
  store: Store,
  resource: string,
  { policy: wanted, mask = "bindings,etag" }: Change,
  { roles = ROLE, conflict }: PolicyRules = {},
): Policy {
  const current = getPolicy(store, resource);
  checkEtag(wanted.etag, current, conflict);
  const changes = mask.split(",").map((field) => field.trim());
  const bindings = changes.includes("bindings")
    ? (Array.isArray(wanted.bindings) ? wanted.bindings : []).map((value) => binding(value, roles))
    : current.bindings;
  checkVersion(wanted, bindings, current);
  const known = new Set(current.bindings.flatMap((b) => b.members));
  for (const member of bindings.flatMap((b) => b.members)) {
    if (!known.has(member)) checkMember(store, member);
  }
  const { auditConfigs } = changes.includes("auditConfigs") ? (wanted as Policy) : current;
  const policy = { etag: newEtag(), bindings, auditConfigs };
  store.put(POLICY, resource, policy);
  return policy;
}

/** The etag of a policy as it is now; base64 of eight bytes, as Google's. */
export function newEtag(): string {
  return randomBytes(8).toString("base64");
}

function checkEtag(etag: Json | undefined, current: Policy, conflict?: () => ApiError): void {
  if (typeof etag !== "string" || etag === "" || etag === current.etag) return;
  if (conflict) throw conflict();
  throw new ApiError(
    "ABORTED",
    "There were concurrent policy changes. Please retry the whole read-modify-write with " +
      `exponential backoff. The request's ETag '${etag}' did not match the current policy's ` +
      `ETag '${current.etag}'.`,
    "aborted",
  );
}

/**
 * Who writes without an etag may lose conditions that it did not know of.
 * Source of the first message: hashicorp/vault-plugin-secrets-gcp#88; the second is made.
 */
function checkVersion(wanted: JsonObject, bindings: Binding[], current: Policy): void {
  const version = Number(wanted.version ?? 0);
  if (version >= CONDITIONAL) return;
  const isConditional = (all: Binding[]) => all.some(({ condition }) => condition !== undefined);
  const more =
    "For more information, please refer to https://cloud.google.com/iam/docs/policies#versions.";
  if (wanted.etag !== undefined && isConditional(current.bindings)) {
    throw badRequest(
      `Specified policy version (${version}) cannot be less than the existing policy version ` +
        `(${CONDITIONAL}). ${more}`,
    );
  }
  if (isConditional(bindings)) {
    throw badRequest(
      `Specified policy version (${version}) cannot be less than ${CONDITIONAL} in a policy with ` +
        `conditions. ${more}`,
    );
  }
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
    store.put(POLICY, name, { ...body, etag: newEtag(), bindings });
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
