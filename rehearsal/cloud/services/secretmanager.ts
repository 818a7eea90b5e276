import { ServiceRoute } from "../access/admission";
import { Cloud, projectNumber } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { isObject, JsonObject } from "../json";
import { SECRET, Secret } from "../kinds";
import { baseName, projectOf } from "../names";
import { deleteRoute, policyRoutes } from "../policyRoutes";
import { Call } from "../router";
import { Stored } from "../store";

const ROOT = "/secretmanager/v1/projects/{project}/secrets";
const ID = /^[A-Za-z0-9_-]{1,255}$/;
const GRANTABLE = /^(roles\/secretmanager\.|projects\/|organizations\/)/;

/** Secrets, how many versions they have, and who may read them; what is in them is not kept. */
export function secretmanagerRoutes(cloud: Cloud): ServiceRoute[] {
  const { store, gke } = cloud;
  const path = `${ROOT}/{secret}`;
  return [
    {
      method: "POST",
      path: ROOT,
      id: "secretmanager.projects.secrets.create",
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: ({ params: { project = "" }, query, body }) => {
        const id = query.get("secretId") ?? "";
        if (!ID.test(id))
          throw badRequest(`The provided Secret ID [${id}] does not match ${ID.source}`);
        if (!isObject(body.replication)) throw badRequest("The Secret.replication is required.");
        const name = `projects/${project}/secrets/${id}`;
        if (store.get(SECRET, name)) {
          throw new ApiError("ALREADY_EXISTS", `Secret [${numbered(name)}] already exists.`);
        }
        return view(store.put(SECRET, name, { replication: body.replication, versions: 0 }));
      },
    },
    {
      method: "GET",
      path,
      id: "secretmanager.projects.secrets.get",
      handle: (call) => view(find(call)),
    },
    {
      method: "POST",
      path: `${path}:addVersion`,
      id: "secretmanager.projects.secrets.addVersion",
      handle: (call) => {
        const { name, body } = find(call);
        const versions = body.versions + 1;
        store.put(SECRET, name, { ...body, versions });
        gke.cloudChanged();
        return { name: `${numbered(name)}/versions/${versions}`, state: "ENABLED" };
      },
    },
    deleteRoute(cloud, { path, id: "secretmanager.projects.secrets.delete" }, find),
    ...policyRoutes(cloud, {
      path,
      ids: [
        "secretmanager.projects.secrets.getIamPolicy",
        "secretmanager.projects.secrets.setIamPolicy",
      ],
      find: (call) => find(call).name,
      roles: GRANTABLE,
    }),
  ];

  function find({ params: { project = "", secret = "" } }: Call): Stored<Secret> {
    const name = `projects/${project}/secrets/${secret}`;
    const found = store.get(SECRET, name);
    if (!found) throw new ApiError("NOT_FOUND", `Secret [${numbered(name)}] not found.`);
    return found;
  }
}

/** This service calls projects by their number, whatever the request said. */
function numbered(name: string): string {
  return `projects/${projectNumber(projectOf(name))}/secrets/${baseName(name)}`;
}

function view({ name, body: { versions: _, ...secret } }: Stored<Secret>): JsonObject {
  return { ...secret, name: numbered(name) };
}
