import { createHash } from "node:crypto";

import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { projectNumber } from "../numericIds";
import { ApiError, badRequest } from "../errors";
import { at, Json, JsonObject } from "../json";
import { SECRET, SECRET_VERSION, Secret, SecretVersion } from "../kinds";
import { baseName, projectOf } from "../names";
import { Stored } from "../store";
import { MethodId } from "../tables/methods";
import { Call } from "../wire/call";
import { pageOf } from "../wire/pages";

/** Source: the reference of `projects.secrets.versions.list`. */
const PAGE = { parameter: "pageSize", max: 25_000 } as const;
const VERSIONS = "secretmanager.projects.secrets.versions";

/** Versions of a secret, without their payload: it is not kept, so it cannot be read. */
export function secretVersionMethods(
  cloud: Cloud,
  findSecret: (name: string) => Stored<Secret>,
): ServiceMethod[] {
  const { store, gke, clock } = cloud;
  const now = () => new Date(clock.now()).toISOString();
  // It is the secret that has a policy.
  const about = ({ name }: Call) => secretOf(name);
  return [
    {
      id: "secretmanager.projects.secrets.addVersion",
      handle: (call) => {
        const { name, body } = findSecret(call.name);
        if (at(call.body, "payload.data") === undefined) {
          throw badRequest("The SecretPayload.data is required.");
        }
        const versions = body.versions + 1;
        store.put(SECRET, name, { ...body, versions });
        const version = { createTime: now(), state: "ENABLED" } as const;
        const made = store.put(SECRET_VERSION, `${name}/versions/${versions}`, version);
        gke.cloudChanged();
        return view(made);
      },
    },
    {
      id: `${VERSIONS}.list`,
      about,
      handle: (call) => {
        if (call.query.get("filter")) {
          throw new ApiError("UNIMPLEMENTED", `${call.method.id}: filter is not emulated.`);
        }
        const { name } = findSecret(secretOf(call.name));
        // Newest first. Source: the reference of `projects.secrets.versions.list`.
        const all = store.list(SECRET_VERSION, `${name}/versions/`).reverse();
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        if (all.length === 0) return {};
        return { versions: items.map(view), nextPageToken, totalSize: all.length };
      },
    },
    { id: `${VERSIONS}.get`, about, handle: (call) => view(find(call)) },
    change("enable", { state: "ENABLED" }),
    change("disable", { state: "DISABLED" }),
    change("destroy", { state: "DESTROYED" }),
  ];

  function change(verb: "enable" | "disable" | "destroy", { state }: Pick<SecretVersion, "state">) {
    const method: ServiceMethod = {
      id: `${VERSIONS}.${verb}` satisfies MethodId,
      about,
      handle: (call) => {
        const { name, body } = find(call);
        checkEtag(call.body.etag, etagOf(body), numbered(name));
        if (body.state === "DESTROYED") throw destroyed(name);
        const end = state === "DESTROYED" && { destroyTime: now() };
        const changed = store.put(SECRET_VERSION, name, { ...body, state, ...end });
        gke.cloudChanged();
        return view(changed);
      },
    };
    return method;
  }

  function find({ name }: Call): Stored<SecretVersion> {
    const secret = findSecret(secretOf(name));
    const asked = baseName(name);
    const version = asked === "latest" ? String(secret.body.versions) : asked;
    const found = store.get(SECRET_VERSION, `${secret.name}/versions/${version}`);
    if (found) return found;
    const message = `Secret Version [${numbered(secret.name)}/versions/${asked}] not found.`;
    throw new ApiError("NOT_FOUND", message);
  }
}

/**
 * Checks that a change with an etag was made from the current state. Source: "Etags" of Secret Manager's
 * documentation; the words are made.
 * @param resource as the service names it: `projects/1/secrets/s`
 * @throws ApiError 400
 */
export function checkEtag(said: Json | undefined, current: string, resource: string): void {
  if (typeof said !== "string" || said === "" || said === current) return;
  throw new ApiError(
    "FAILED_PRECONDITION",
    `The provided etag ${said} does not match the current etag ${current} of [${resource}].`,
  );
}

/** In quotation marks, as this service has it. */
export function etagOf(body: JsonObject): string {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return `"${hash.slice(0, 14)}"`;
}

/** This service calls projects by their number, whatever the request said. */
export function numbered(name: string): string {
  return name.replace(/^projects\/[^/]+/, `projects/${projectNumber(projectOf(name))}`);
}

function view({ name, body }: Stored<SecretVersion>): JsonObject {
  return { ...body, name: numbered(name), etag: etagOf(body) };
}

function secretOf(name: string): string {
  return name.split("/").slice(0, 4).join("/");
}

/** The words are made. */
function destroyed(name: string): ApiError {
  const message = `Secret Version [${numbered(name)}] is in DESTROYED state.`;
  return new ApiError("FAILED_PRECONDITION", message);
}
