import { createHash } from "node:crypto";

import { ServiceMethod } from "../access/admission";
import { Cloud, projectNumber } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { at, isObject, Json, JsonObject, merge, without } from "../json";
import { SECRET, Secret } from "../kinds";
import { baseName, projectOf } from "../names";
import { deleteMethod, policyMethods } from "../policyMethods";
import { Stored } from "../store";
import { Call } from "../wire/call";
import { masked } from "../wire/fieldMask";
import { pageOf } from "../wire/pages";

const ID = /^[A-Za-z0-9_-]{1,255}$/;
const GRANTABLE = /^(roles\/secretmanager\.|projects\/|organizations\/)/;
/** Source: the reference of `projects.secrets.list`. */
const PAGE = { parameter: "pageSize", max: 25_000 } as const;

/** Secrets, how many versions they have, and who may read them; what is in them is not kept. */
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
        if (!ID.test(id))
          throw badRequest(`The provided Secret ID [${id}] does not match ${ID.source}`);
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
    {
      id: "secretmanager.projects.secrets.addVersion",
      handle: (call) => {
        const { name, body } = find(call);
        if (at(call.body, "payload.data") === undefined) {
          throw badRequest("The SecretPayload.data is required.");
        }
        const versions = body.versions + 1;
        store.put(SECRET, name, { ...body, versions });
        gke.cloudChanged();
        const version = `${numbered(name)}/versions/${versions}`;
        return { name: version, createTime: now(), state: "ENABLED", etag: etagOf(version) };
      },
    },
    deleteMethod(cloud, { id: "secretmanager.projects.secrets.delete" }, (call) =>
      findToChange(call, call.query.get("etag")),
    ),
    ...policyMethods(cloud, {
      ids: [
        "secretmanager.projects.secrets.getIamPolicy",
        "secretmanager.projects.secrets.setIamPolicy",
      ],
      find: (call) => find(call).name,
      roles: GRANTABLE,
    }),
  ];

  function find({ name }: Call): Stored<Secret> {
    const found = store.get(SECRET, name);
    if (!found) throw new ApiError("NOT_FOUND", `Secret [${numbered(name)}] not found.`);
    return found;
  }

  /**
   * A secret that is as whoever changes it has seen it, where they say so. Source: "Etags" of Secret Manager's
   * documentation; the words are made.
   * @throws ApiError 400
   */
  function findToChange(call: Call, etag: Json | undefined): Stored<Secret> {
    const found = find(call);
    const current = etagOfSecret(found);
    if (typeof etag !== "string" || etag === "" || etag === current) return found;
    throw new ApiError(
      "FAILED_PRECONDITION",
      `The provided etag ${etag} does not match the current etag ${current} of Secret ` +
        `[${numbered(found.name)}].`,
    );
  }
}

/** This service calls projects by their number, whatever the request said. */
function numbered(name: string): string {
  return `projects/${projectNumber(projectOf(name))}/secrets/${baseName(name)}`;
}

function view(stored: Stored<Secret>): JsonObject {
  const { name, body } = stored;
  return { ...without(body, ["versions"]), name: numbered(name), etag: etagOfSecret(stored) };
}

/** New versions do not change it. */
function etagOfSecret({ body }: Stored<Secret>): string {
  return etagOf(JSON.stringify(without(body, ["versions"])));
}

/** In quotation marks, as this service has it. */
function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("hex").slice(0, 14)}"`;
}
