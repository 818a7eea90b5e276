import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { newNumericId } from "../numericIds";
import { ApiError, badRequest } from "../errors";
import { retireMember } from "../iamPolicy";
import { isObject, JsonObject, merge, optionalString } from "../json";
import { POLICY, ROLE, SERVICE_ACCOUNT, ServiceAccount } from "../kinds";
import { baseName, checkAccountId, projectOf } from "../names";
import { policyMethods } from "../policyMethods";
import { Stored } from "../store";
import { Call } from "../wire/call";
import { masked } from "../wire/fieldMask";
import { pageOf } from "../wire/pages";

const ROLE_ID = /^[a-zA-Z0-9_.]{3,64}$/;
const ADDRESS = /^[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/;
/** A project that stands for whichever has the account. */
const ANY = "-";
/** What a change may change. */
const CHANGEABLE = ["displayName", "description"] as const;
/** Source: the reference of `projects.serviceAccounts.list`. */
const PAGE = { parameter: "pageSize", max: 100 } as const;

/** Service accounts, who may act as them, and roles of a project's own. Changes are immediate: this API has no operations. */
export function iamMethods(cloud: Cloud): ServiceMethod[] {
  const { store, gke } = cloud;
  const about = ({ name }: Call) => nameOf(name);
  const find = ({ name }: Call) => {
    const found = store.get(SERVICE_ACCOUNT, nameOf(name));
    if (!found) throw unknownAccount(nameOf(name));
    return found;
  };
  const change = ({ name, body }: Stored<ServiceAccount>, changes: JsonObject) =>
    view(store.put(SERVICE_ACCOUNT, name, merge(body, changes) as ServiceAccount));
  const setDisabled = (disabled: boolean) => (call: Call) => {
    change(find(call), { disabled: disabled || null });
    return {};
  };

  return [
    { id: "iam.projects.serviceAccounts.create", handle: create },
    {
      id: "iam.projects.serviceAccounts.list",
      handle: (call) => {
        const { items, nextPageToken } = pageOf(
          call,
          store.list(SERVICE_ACCOUNT, `${call.name}/`),
          PAGE,
        );
        return { ...(items.length > 0 && { accounts: items.map(view) }), nextPageToken };
      },
    },
    { id: "iam.projects.serviceAccounts.get", about, handle: (call) => view(find(call)) },
    {
      id: "iam.projects.serviceAccounts.patch",
      about,
      handle: (call) => {
        const { updateMask, serviceAccount } = call.body;
        const mask = typeof updateMask === "string" ? updateMask : undefined;
        const patch = masked(mask, isObject(serviceAccount) ? serviceAccount : {});
        return change(find(call), changeable(patch));
      },
    },
    {
      // The older change, without a mask: of what it does not say, nothing changes.
      id: "iam.projects.serviceAccounts.update",
      about,
      handle: (call) => change(find(call), changeable(call.body)),
    },
    { id: "iam.projects.serviceAccounts.disable", about, handle: setDisabled(true) },
    { id: "iam.projects.serviceAccounts.enable", about, handle: setDisabled(false) },
    {
      id: "iam.projects.serviceAccounts.delete",
      about,
      handle: (call) => {
        const { type, name, body } = find(call);
        store.delete(type, name);
        store.delete(POLICY.type, name);
        retireMember(store, body.email, body.uniqueId);
        gke.cloudChanged();
        return {};
      },
    },
    ...policyMethods(cloud, {
      ids: [
        "iam.projects.serviceAccounts.getIamPolicy",
        "iam.projects.serviceAccounts.setIamPolicy",
      ],
      about,
      find: (call) => find(call).name,
    }),
    { id: "iam.projects.roles.create", handle: createRole },
  ];

  function create({ name: collection, body }: Call): JsonObject {
    const project = projectOf(collection);
    const accountId = optionalString(body, "accountId") ?? "";
    checkAccountId(accountId);
    const email = `${accountId}@${project}.iam.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    if (store.get(SERVICE_ACCOUNT, name)) {
      const message =
        `Service account ${accountId} already exists within project ` + `projects/${project}.`;
      throw new ApiError("ALREADY_EXISTS", message, "alreadyExists");
    }
    const fields = isObject(body.serviceAccount) ? changeable(body.serviceAccount) : {};
    const uniqueId = `1${newNumericId()}`;
    return view(store.put(SERVICE_ACCOUNT, name, { ...fields, email, uniqueId }));
  }

  function createRole({ name: collection, body }: Call): JsonObject {
    const project = projectOf(collection);
    const roleId = optionalString(body, "roleId") ?? "";
    if (!ROLE_ID.test(roleId)) {
      throw badRequest(`The role name must be in the form "roles/{role}", not "${roleId}".`);
    }
    const name = `projects/${project}/roles/${roleId}`;
    if (store.get(ROLE, name)) {
      const message = `A role named ${roleId} in projects/${project} already exists.`;
      throw new ApiError("ALREADY_EXISTS", message, "alreadyExists");
    }
    const { title, includedPermissions } = isObject(body.role) ? body.role : {};
    const permissions = Array.isArray(includedPermissions) ? includedPermissions.map(String) : [];
    store.put(ROLE, name, { title, includedPermissions: permissions });
    return { name, title, includedPermissions: permissions };
  }

  /**
   * The account that a path means: by its address or its number, in its project or in `-`, which stands for that project.
   * @throws ApiError where it cannot be the name of one
   */
  function nameOf(path: string): string {
    const account = baseName(path);
    const home = ADDRESS.exec(account)?.[1];
    const named = projectOf(path);
    if (home !== undefined) {
      return `projects/${named === ANY ? home : named}/serviceAccounts/${account}`;
    }
    const under = named === ANY ? "" : `projects/${named}/`;
    const found = store.list(SERVICE_ACCOUNT, under).find(({ body }) => body.uniqueId === account);
    if (found) return found.name;
    if (/^\d+$/.test(account)) throw unknownAccount(path);
    throw badRequest(`Invalid service account email: "${account}".`);
  }
}

function changeable(fields: JsonObject): JsonObject {
  return Object.fromEntries(CHANGEABLE.map((key) => [key, fields[key]]));
}

/** `oauth2ClientId` is the unique id. Source: answers of `serviceAccounts.get` in public logs; so is the etag. */
function view({ name, body }: Stored<ServiceAccount>): JsonObject {
  const { uniqueId } = body;
  return {
    name,
    projectId: projectOf(name),
    ...body,
    etag: "MDEwMjE5MjA=",
    oauth2ClientId: uniqueId,
  };
}

function unknownAccount(name: string): ApiError {
  return new ApiError("NOT_FOUND", `Unknown service account: ${name} does not exist.`, "notFound");
}
