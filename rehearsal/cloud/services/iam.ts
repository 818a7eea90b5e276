import { ServiceRoute } from "../access/admission";
import { Cloud, newNumericId } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { retireMember } from "../iamPolicy";
import { isObject, JsonObject, merge, optionalString } from "../json";
import { POLICY, ROLE, SERVICE_ACCOUNT, ServiceAccount } from "../kinds";
import { checkAccountId } from "../names";
import { policyRoutes } from "../policyRoutes";
import { Call } from "../router";
import { Stored } from "../store";

const ROOT = "/iam/v1/projects/{project}/serviceAccounts";
const ROLE_ID = /^[a-zA-Z0-9_.]{3,64}$/;

/** Service accounts, who may act as them, and roles of a project's own. Changes are immediate: this API has no operations. */
export function iamRoutes(cloud: Cloud): ServiceRoute[] {
  const { store, gke } = cloud;
  const find = (call: Call) => {
    const name = accountName(call);
    const found = store.get(SERVICE_ACCOUNT, name);
    if (!found) throw unknownAccount(name);
    return found;
  };
  const account = { path: `${ROOT}/{email}`, about: accountName };
  return [
    {
      method: "POST",
      path: ROOT,
      id: "iam.projects.serviceAccounts.create",
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: insert,
    },
    {
      ...account,
      method: "GET",
      id: "iam.projects.serviceAccounts.get",
      handle: (call) => view(find(call)),
    },
    {
      ...account,
      method: "PATCH",
      id: "iam.projects.serviceAccounts.patch",
      handle: (call) => {
        const { name, body } = find(call);
        const changes = isObject(call.body.serviceAccount) ? call.body.serviceAccount : {};
        const { displayName, description } = changes;
        const changed = merge(body, { displayName, description }) as ServiceAccount;
        return view(store.put(SERVICE_ACCOUNT, name, changed));
      },
    },
    {
      ...account,
      method: "POST",
      path: `${account.path}:disable`,
      id: "iam.projects.serviceAccounts.disable",
      handle: (call) => setDisabled(call, true),
    },
    {
      ...account,
      method: "POST",
      path: `${account.path}:enable`,
      id: "iam.projects.serviceAccounts.enable",
      handle: (call) => setDisabled(call, false),
    },
    {
      ...account,
      method: "DELETE",
      id: "iam.projects.serviceAccounts.delete",
      handle: (call) => {
        const { type, name, body } = find(call);
        store.delete(type, name);
        store.delete(POLICY.type, name);
        retireMember(store, body.email, body.uniqueId);
        gke.cloudChanged();
        return {};
      },
    },
    ...policyRoutes(cloud, {
      ...account,
      ids: [
        "iam.projects.serviceAccounts.getIamPolicy",
        "iam.projects.serviceAccounts.setIamPolicy",
      ],
      find: (call) => find(call).name,
    }),
    {
      method: "POST",
      path: "/iam/v1/projects/{project}/roles",
      id: "iam.projects.roles.create",
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: insertRole,
    },
  ];

  function insertRole({ params: { project = "" }, body }: Call): JsonObject {
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

  function insert({ params: { project = "" }, body }: Call): JsonObject {
    const accountId = optionalString(body, "accountId") ?? "";
    checkAccountId(accountId);
    const email = `${accountId}@${project}.iam.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    if (store.get(SERVICE_ACCOUNT, name)) {
      const message =
        `Service account ${accountId} already exists within project ` + `projects/${project}.`;
      throw new ApiError("ALREADY_EXISTS", message, "alreadyExists");
    }
    const fields = isObject(body.serviceAccount) ? body.serviceAccount : {};
    const uniqueId = `1${newNumericId()}`;
    return view(store.put(SERVICE_ACCOUNT, name, { ...fields, email, uniqueId }));
  }

  function setDisabled(call: Call, disabled: boolean): JsonObject {
    const { name, body } = find(call);
    store.put(SERVICE_ACCOUNT, name, { ...body, disabled });
    return {};
  }
}

/** The project of an account's address is the project that it is in, whatever the path says. */
function accountName({ params: { project = "", email = "" } }: Call): string {
  const home = /^[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
  if (home === undefined) throw badRequest(`Invalid service account email: "${email}".`);
  return `projects/${project === "-" ? home : project}/serviceAccounts/${email}`;
}

function view({ name, body }: Stored<ServiceAccount>): JsonObject {
  return { name, projectId: name.split("/")[1], ...body };
}

function unknownAccount(name: string): ApiError {
  return new ApiError("NOT_FOUND", `Unknown service account: ${name} does not exist.`, "notFound");
}
