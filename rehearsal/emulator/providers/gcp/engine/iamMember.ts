import { setTimeout as sleep } from "node:timers/promises";

import { isMap, PropertyMap } from "../../plugin";
import { ApiError } from "./cloud";
import { Json } from "./json";
import { Locks } from "./locks";
import { ProviderConfig } from "./config";
import { Backend, Context } from "./resource";
import { whileReading } from "./refusals";
import { gone } from "./rest";

/** One grant: a member in a role, perhaps under a condition. */
export interface Grant {
  role: string;
  member: string;
  condition?: PropertyMap;
}

interface Binding extends Json {
  role: string;
  members: string[];
  condition?: PropertyMap;
}

interface Policy extends Json {
  etag: string;
  version?: number;
  bindings?: Binding[];
  auditConfigs?: Json[];
}

export interface PolicyCall {
  verb: "GET" | "POST" | "PUT";
  url: string;
  body?: Json;
}

/** Where the policy of a type's grants is. */
export interface PolicyOptions {
  /** In messages: `project "p"`. */
  describe(target: string): string;
  /** The call that reads the policy. */
  get(target: string): PolicyCall;
  /** The call that writes it. */
  set(target: string, policy: Json): PolicyCall;
  /** The part of the id before the role, and the property that it comes from. */
  target: string;
  /** The target as ids, messages and the state spell it. Default: as the program does. */
  full?(target: string, inputs: PropertyMap, config: ProviderConfig): string;
  /** Whether the official provider takes grants together, which shows in its words. */
  batched?: boolean;
  /** What else follows from the target. */
  told?(target: string): PropertyMap;
}

/**
 * Changes of one policy wait for each other here; those of other programs are found by the etag.
 */
const policies = new Locks();
/** That which has conditions. */
export const POLICY_VERSION = 3;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

/**
 * A member of a role in the policy of something else: added to it and taken from it, the rest left
 * alone.
 */
export function iamMemberBackend(options: PolicyOptions): Backend {
  const targetOf = (inputs: PropertyMap, { config }: Context) => {
    const given = String(inputs[options.target]);
    return options.full?.(given, inputs, config) ?? given;
  };
  return {
    async create(context, inputs) {
      const target = targetOf(inputs, context);
      await change(context, options, target, (policy) => ({
        ...policy,
        bindings: added(policy.bindings ?? [], grantOf(inputs)),
        version: POLICY_VERSION,
      })).catch(requested(options, "Create", target, inputs));
      return grantId(target, grantOf(inputs));
    },
    async read(context, _id, known) {
      const { cloud, deadline } = context;
      const target = targetOf(known, context);
      const { verb, url, body } = options.get(target);
      const grant = grantOf(known);
      const resource = JSON.stringify(options.describe(target));
      const what = `Resource ${resource} with IAM Member: Role "${grant.role}" Member "${grant.member}"`;
      const retrieved = `Error retrieving IAM policy for ${options.describe(target)}`;
      const policy = (await gone(cloud.call(verb, url, body, deadline)).catch(
        whileReading(what, retrieved),
      )) as Policy | undefined;
      const found = policy?.bindings?.some(
        (b) => isOf(b, grant) && includes(b.members, grant.member),
      );
      if (!policy || !found) return undefined;
      return { ...known, ...options.told?.(target), [options.target]: target, etag: policy.etag };
    },
    async delete(context, _id, state) {
      const grant = grantOf(state);
      const without = (policy: Policy) => ({
        ...policy,
        bindings: removed(policy.bindings ?? [], grant),
      });
      const target = targetOf(state, context);
      await gone(change(context, options, target, without)).catch(
        requested(options, "Delete", target, state),
      );
    },
  };
}

/** Words the refusal of a call that carries several changes. */
function requested(
  { batched, describe }: PolicyOptions,
  verb: string,
  target: string,
  { role, member }: PropertyMap,
): (error: unknown) => never {
  return (error) => {
    if (!batched || !(error instanceof Error)) throw error;
    const what = `${verb} IAM Members ${String(role)} ${String(member)} for ${describe(target)}`;
    throw new Error(`Request \`${what}\` returned error: ${error.message}`, { cause: error });
  };
}

/** Read, change, write; starts again if another writer was faster. */
async function change(
  { cloud, deadline }: Context,
  { get, set, describe }: PolicyOptions,
  target: string,
  changed: (policy: Policy) => Policy,
): Promise<void> {
  const read = get(target);
  await policies.hold(read.url, async () => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
      const policy = await cloud
        .call(read.verb, read.url, read.body, deadline)
        .catch((error: unknown) => {
          throw retrieving(describe(target), error);
        });
      const written = set(target, sent(changed(policy as Policy)));
      try {
        await cloud.call(written.verb, written.url, written.body, deadline);
        return;
      } catch (error) {
        const outrun = error instanceof ApiError && [409, 412].includes(error.code);
        if (!outrun || Date.now() + pause > deadline.until) throw applying(describe(target), error);
      }
      await sleep(pause);
    }
  });
}

/** What is empty is left out: that takes the last binding away. */
function sent({ etag, bindings = [], version, auditConfigs = [] }: Policy): Json {
  return {
    etag,
    ...(bindings.length > 0 && { bindings }),
    ...(version !== undefined && { version }),
    ...(auditConfigs.length > 0 && { auditConfigs }),
  };
}

function retrieving(target: string, error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const message = `Error retrieving IAM policy for ${target}: ${error.message}`;
  return new Error(message, { cause: error });
}

function applying(target: string, error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const message =
    `Error applying IAM policy for ${target}: Error setting IAM policy for ` +
    `${target}: ${error.message}`;
  return new Error(message, { cause: error });
}

/** Each role and condition once, in order, with its members in order and normalized. */
function added(bindings: Binding[], grant: Grant): Binding[] {
  const { role, member, condition } = grant;
  const merged = new Map<string, Binding & { members: string[] }>();
  for (const binding of [...bindings, { role, members: [member], condition }]) {
    const key = `${binding.role}/${conditionKey(binding.condition)}`;
    const known = merged.get(key)?.members ?? [];
    const members = [...new Set([...known, ...binding.members.map(normalized)])].sort();
    const condition = binding.condition && knownOf(binding.condition);
    merged.set(key, { role: binding.role, members, ...(condition && { condition }) });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, binding]) => binding);
}

/** What the provider knows of a condition; anything else in it is lost. */
function knownOf({ title, description, expression }: PropertyMap): PropertyMap {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(expression !== undefined && { expression }),
  };
}

function removed(bindings: Binding[], grant: Grant): Binding[] {
  const rest = bindings.map((b) =>
    isOf(b, grant) ? { ...b, members: b.members.filter((m) => !sameMember(m, grant.member)) } : b,
  );
  return rest.filter((b) => b.members.length > 0);
}

function isOf({ role, condition }: Binding, grant: Grant): boolean {
  return role === grant.role && conditionKey(condition) === conditionKey(grant.condition);
}

function includes(members: string[], member: string): boolean {
  return members.some((other) => sameMember(other, member));
}

function sameMember(a: string, b: string): boolean {
  return normalized(a) === normalized(b);
}

/** Addresses have no case, principals of identity pools have. */
function normalized(member: string): string {
  const [, type = "", address = ""] = /^((?:deleted:|iamMember:)?[^:]*:)(.*)$/.exec(member) ?? [];
  if (type === "" || /^(deleted:)?principal(Set|Hierarchy)?:/.test(type)) return member;
  return type + address.toLowerCase();
}

function grantOf({ role, member, condition }: PropertyMap): Grant {
  const grant = { role: String(role), member: String(member) };
  return isMap(condition) ? { ...grant, condition } : grant;
}

/** `{target}/{role}/{member}[/{title}/{description}/{expression}]` */
function grantId(target: string, { role, member, condition }: Grant): string {
  const parts = [target, role, normalized(member)];
  if (condition) parts.push(conditionKey(condition));
  return parts.join("/");
}

function conditionKey(condition: PropertyMap | undefined): string {
  if (!condition) return "";
  const { title, description, expression } = condition;
  return [title, description, expression].map((part) => String(part ?? "")).join("/");
}
