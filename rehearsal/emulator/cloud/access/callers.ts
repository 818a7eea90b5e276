import { randomBytes } from "node:crypto";

import { ApiError } from "../errors";
import { getPolicy, newEtag } from "../iamPolicy";
import { Json, JsonObject } from "../json";
import { BUCKET, CALLER, POLICY, SECRET, SERVICE_ACCOUNT } from "../kinds";
import { Store } from "../store";
import { isAllowed, Need } from "./permissions";
import { type Caller, OWNER } from "./caller";

/** A role that a caller gets before anything is deployed. */
export interface Grant {
  role: string;
  /** `projects/p`, or a resource with a policy of its own. */
  resource: string;
}

function unauthenticated(fault: "is missing required" | "had invalid"): ApiError {
  const noun = fault === "had invalid" ? "authentication credentials" : "authentication credential";
  return new ApiError(
    "UNAUTHENTICATED",
    `Request ${fault} ${noun}. Expected OAuth 2 access token, login cookie or other valid ` +
      "authentication credential. See " +
      "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    fault === "had invalid" ? "authError" : "required",
  );
}

/** The accounts that have credentials for this cloud. */
export class Callers {
  private readonly asked = new Map<Caller, Set<string>>();

  /** @param ownerToken the owner's access token */
  constructor(
    private readonly store: Store,
    private readonly ownerToken: string,
  ) {}

  /**
   * Who sends a request to Google's APIs.
   * @param authorization the header of that name @throws ApiError 401 if it names no account
   */
  of(authorization: string | undefined): Caller {
    if (authorization === undefined) throw unauthenticated("is missing required");
    const caller = this.withToken(authorization.replace(/^Bearer /, ""));
    if (caller === undefined) throw unauthenticated("had invalid");
    return caller;
  }

  withToken(token: string): Caller | undefined {
    if (token === this.ownerToken) return OWNER;
    return this.store.list(CALLER).find(({ body }) => body.token === token)?.name;
  }

  tokenOf(caller: Caller): string {
    if (caller === OWNER) return this.ownerToken;
    const found = this.store.get(CALLER, caller);
    if (!found) throw new Error(`${caller} has no token`);
    return found.body.token;
  }

  /**
   * Gives an account its token and just these roles, in place of those that it had. A resource that
   * does not exist has no policy, and so grants no role.
   * @returns its access token
   */
  admit(caller: Caller, grants: Grant[]): string {
    const token = this.store.get(CALLER, caller)?.body.token ?? randomBytes(24).toString("hex");
    this.store.put(CALLER, caller, { token });
    const there = grants.filter(({ resource }) => isThere(this.store, resource));
    const changed = this.store.list(POLICY).filter(({ body }) => hasMember(body, caller));
    const resources = [
      ...changed.map(({ name }) => name),
      ...there.map(({ resource }) => resource),
    ];
    for (const resource of new Set(resources)) {
      const roles = there.filter((grant) => grant.resource === resource).map(({ role }) => role);
      this.replace(resource, caller, roles);
    }
    return token;
  }

  /** The needs of a call that its caller does not meet. */
  unmet(caller: Caller, needs: Need[]): Need[] {
    if (caller === OWNER) return [];
    const asked = this.asked.get(caller) ?? new Set();
    for (const { permission } of needs) asked.add(permission);
    this.asked.set(caller, asked);
    return needs.filter((need) => !isAllowed(this.store, caller, need));
  }

  /** Which of these permissions a caller has on a resource. Who asks this is asked for none of them. */
  held(caller: Caller, permissions: string[], resource: string): string[] {
    if (caller === OWNER) return permissions;
    return permissions.filter((permission) =>
      isAllowed(this.store, caller, { permission, resource }),
    );
  }

  /** The permissions that a caller was asked for, whether it had them or not, since the cloud started. */
  askedOf(caller: Caller): string[] {
    return [...(this.asked.get(caller) ?? [])].sort();
  }

  private replace(resource: string, caller: Caller, roles: string[]): void {
    const policy = getPolicy(this.store, resource);
    const others = policy.bindings
      .map((b) => ({ ...b, members: b.members.filter((member) => member !== caller) }))
      .filter(({ members }) => members.length > 0);
    const own = roles.map((role) => ({ role, members: [caller] }));
    const bindings = own.reduce((all, { role, members }) => {
      const found = all.find((b) => b.role === role && b.condition === undefined);
      if (!found) return [...all, { role, members }];
      return all.map((b) => (b === found ? { ...b, members: [...b.members, ...members] } : b));
    }, others);
    const same = JSON.stringify(bindings) === JSON.stringify(policy.bindings);
    // An etag that changes for nothing would have others start again.
    const etag = same ? policy.etag : newEtag();
    this.store.put(POLICY, resource, { ...policy, etag, bindings });
  }
}

/** Projects are there, whatever they are called. */
function isThere(store: Store, resource: string): boolean {
  if (/^projects\/[^/]+$/.test(resource)) return true;
  return [BUCKET, SECRET, SERVICE_ACCOUNT].some(
    (kind) => store.get<JsonObject>(kind, resource) !== undefined,
  );
}

function hasMember({ bindings }: { bindings: { members: string[] }[] }, member: string): boolean {
  return bindings.some(({ members }) => members.includes(member));
}

/** @throws ApiError where it is not a list of roles on resources */
export function grantsOf(value: Json | undefined): Grant[] {
  const list = Array.isArray(value) ? value : [];
  const grants = list.filter(isGrant);
  if (Array.isArray(value) && grants.length === list.length) return grants;
  const message = `grants: ${JSON.stringify(value)} is not a list of { role, resource }`;
  throw new ApiError("INVALID_ARGUMENT", message);
}

function isGrant(value: unknown): value is Grant & JsonObject {
  const { role, resource } = value as Partial<Grant>;
  return typeof role === "string" && typeof resource === "string";
}
