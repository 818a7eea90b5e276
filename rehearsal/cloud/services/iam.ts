import { Cloud, newNumericId } from "../cloud";
import { guarded } from "../collection";
import { ApiError, badRequest } from "../errors";
import { retireMember } from "../iamPolicy";
import { isObject, JsonObject, merge, optionalString } from "../json";
import { POLICY, SERVICE_ACCOUNT, ServiceAccount } from "../kinds";
import { checkAccountId } from "../names";
import { policyRoutes } from "../policyRoutes";
import { Call, Route } from "../router";
import { Stored } from "../store";

const API = "iam.googleapis.com";
const ROOT = "/iam/v1/projects/{project}/serviceAccounts";

/** Service accounts and who may act as them. Changes are immediate: this API has no operations. */
export function iamRoutes(cloud: Cloud): Route[] {
  const { store, gke } = cloud;
  const find = (call: Call) => {
    const name = accountName(call);
    const found = store.get(SERVICE_ACCOUNT, name);
    if (!found) throw unknownAccount(name);
    return found;
  };
  return guarded(cloud, API, [
    { method: "POST", path: ROOT, handle: insert },
    { method: "GET", path: `${ROOT}/{email}`, handle: (call) => view(find(call)) },
    {
      method: "PATCH",
      path: `${ROOT}/{email}`,
      handle: (call) => {
        const { name, body } = find(call);
        const changes = isObject(call.body.serviceAccount) ? call.body.serviceAccount : {};
        const { displayName, description } = changes;
        const account = merge(body, { displayName, description }) as ServiceAccount;
        return view(store.put(SERVICE_ACCOUNT, name, account));
      },
    },
    { method: "POST", path: `${ROOT}/{email}:disable`, handle: (call) => setDisabled(call, true) },
    { method: "POST", path: `${ROOT}/{email}:enable`, handle: (call) => setDisabled(call, false) },
    {
      method: "DELETE",
      path: `${ROOT}/{email}`,
      handle: (call) => {
        const { type, name, body } = find(call);
        store.delete(type, name);
        store.delete(POLICY.type, name);
        retireMember(store, body.email, body.uniqueId);
        gke.cloudChanged();
        return {};
      },
    },
    ...policyRoutes(cloud, `${ROOT}/{email}`, (call) => find(call).name),
  ]);

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
