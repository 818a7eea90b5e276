import { getPolicy } from "../iamPolicy";
import { BUCKET, ROLE } from "../kinds";
import { Store } from "../store";
import { ROLES } from "../tables/roles";
import type { Caller } from "./caller";

/** A permission on a resource. */
export interface Need {
  permission: string;
  /** Its relative name: `projects/p/global/networks/n`; a project's is `projects/p`. */
  resource: string;
}

/** What is granted on a project is granted on all that is in it; grants on a condition do not count. */
export function isAllowed(store: Store, caller: Caller, { permission, resource }: Need): boolean {
  const bindings = [resource, projectNameOf(store, resource)].flatMap(
    (name) => getPolicy(store, name).bindings,
  );
  return bindings.some(
    ({ role, members, condition }) =>
      condition === undefined && members.includes(caller) && gives(store, role, permission),
  );
}

function gives(store: Store, role: string, permission: string): boolean {
  const permissions = store.get(ROLE, role)?.body.includedPermissions ?? ROLES[role] ?? [];
  return permissions.some(
    (given) =>
      given === permission || (given.endsWith("*") && permission.startsWith(given.slice(0, -1))),
  );
}

/** A bucket's name does not say whose it is. */
function projectNameOf(store: Store, resource: string): string {
  const project = store.get(BUCKET, resource)?.body.project ?? resource.split("/")[1] ?? "";
  return `projects/${project}`;
}
