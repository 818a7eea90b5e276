import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { isObject, Json, JsonObject, merge, without } from "../json";
import { POLICY, SECRET, SECRET_VERSION, Secret } from "../kinds";
import { policyMethods, testMethod } from "../policyMethods";
import { Stored } from "../store";
import { Call } from "../wire/call";
import { masked } from "../wire/fieldMask";
import { pageOf } from "../wire/pages";
import { checkEtag, etagOf, numbered, secretVersionMethods } from "./secretVersions";

const ID = /^[A-Za-z0-9_-]{1,255}$/;
const GRANTABLE = /^(roles\/secretmanager\.|projects\/|organizations\/)/;
/** Source: the reference of `projects.secrets.list`. */
const PAGE = { parameter: "pageSize", max: 25_000 } as const;

/** Secrets, their versions, and who may read them; what is in them is not kept. */
export function secretmanagerMethods(cloud: Cloud): ServiceMethod[] {
  const { store, gke, clock } = cloud;
  const now = () => new Date(clock.now()).toISOString();
  return [
    {
      id: "secretmanager.projects.secrets.list",
      handle: (call) => {
        // Newest first. Source: the reference of `projects.secrets.list`.
        const all = store.list(SECRET, `${call.name}/`).reverse();
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        if (all.length === 0) return {};
        return { secrets: items.map(view), nextPageToken, totalSize: all.length };
      },
    },
    {
      id: "secretmanager.projects.secrets.create",
      handle: ({ name: collection, query, body }) => {
        const id = query.get("secretId") ?? "";
        if (!ID.test(id)) {
          throw badRequest(`The provided Secret ID [${id}] does not match ${ID.source}`);
        }
        if (!isObject(body.replication)) throw badRequest("The Secret.replication is required.");
        const name = `${collection}/${id}`;
        if (store.get(SECRET, name)) {
          throw new ApiError("ALREADY_EXISTS", `Secret [${numbered(name)}] already exists.`);
        }
        return view(store.put(SECRET, name, { ...body, createTime: now(), versions: 0 }));
      },
    },
    { id: "secretmanager.projects.secrets.get", handle: (call) => view(find(call)) },
    {
      id: "secretmanager.projects.secrets.patch",
      handle: (call) => {
        const { name, body } = findToChange(call, call.body.etag);
        const patch = masked(call.query.get("updateMask") ?? undefined, call.body);
        if ("replication" in patch) throw badRequest("The Secret.replication is immutable.");
        return view(store.put(SECRET, name, merge(body, patch) as Secret));
      },
    },
    ...secretVersionMethods(cloud, findNamed),
    {
      id: "secretmanager.projects.secrets.delete",
      handle: (call) => {
        const { type, name } = findToChange(call, call.query.get("etag"));
        const versions = store.list(SECRET_VERSION, `${name}/versions/`);
        versions.forEach((version) => store.delete(version.type, version.name));
        store.delete(type, name);
        store.delete(POLICY.type, name);
        gke.cloudChanged();
        return {};
      },
    },
    ...policyMethods(cloud, {
      ids: [
        "secretmanager.projects.secrets.getIamPolicy",
        "secretmanager.projects.secrets.setIamPolicy",
      ],
      find: (call) => find(call).name,
      roles: GRANTABLE,
    }),
    testMethod(
      cloud,
      { id: "secretmanager.projects.secrets.testIamPermissions" },
      (call) => find(call).name,
    ),
  ];

  function find({ name }: Call): Stored<Secret> {
    return findNamed(name);
  }

  function findNamed(name: string): Stored<Secret> {
    const found = store.get(SECRET, name);
    if (!found) throw new ApiError("NOT_FOUND", `Secret [${numbered(name)}] not found.`);
    return found;
  }

  function findToChange(call: Call, etag: Json | undefined): Stored<Secret> {
    const found = find(call);
    checkEtag(etag, etagOf(shown(found)), numbered(found.name));
    return found;
  }
}

/** Without how many versions it has: new ones do not change it. */
function shown({ body }: Stored<Secret>): JsonObject {
  return without(body, ["versions"]);
}

function view(secret: Stored<Secret>): JsonObject {
  const body = shown(secret);
  return { ...body, name: numbered(secret.name), etag: etagOf(body) };
}
