import { Need } from "../../access/permissions";
import { ACT_AS } from "../../access/refusals";
import { Cloud } from "../../cloud";
import { Verb } from "../../collection";
import { Wording } from "../../service";
import { ApiError, badRequest } from "../../errors";
import { JsonObject, optionalString } from "../../json";
import { CLUSTER, Kind, NODE_POOL } from "../../kinds";
import { Stored } from "../../store";
import { REGIONS, zonesOf } from "../../tables/regions";
import { projectOf, regionOf } from "../../names";

const DOING: Record<string, string> = { insert: "creating", patch: "updating", delete: "deleting" };
const STATUS: Record<string, string> = {
  insert: "PROVISIONING",
  patch: "RECONCILING",
  delete: "STOPPING",
};

/** How GKE phrases refusals. */
export const containerWording: Wording = {
  exists: (name) => new ApiError("ALREADY_EXISTS", `Already exists: ${name}.`, "alreadyExists"),
  notFound: (name) => new ApiError("NOT_FOUND", `Not found: ${name}.`, "notFound"),
  busy: (name, operation) => {
    const id = operation.name.slice(operation.name.lastIndexOf("/") + 1);
    const doing = DOING[operation.body.verb] ?? operation.body.verb;
    return new ApiError(
      "FAILED_PRECONDITION",
      `Operation ${id} is currently ${doing} ${operation.body.target}. Please wait and try ` +
        "again once it is done." +
        (operation.body.target === name ? "" : ` ${name} cannot be changed until then.`),
      "failedPrecondition",
    );
  },
  inUse: (noun, name, user) => badRequest(`The ${noun} ${name} is in use by ${user}.`),
};

/**
 * Changes of a cluster run alone; those of its node pools run beside each other.
 * @throws ApiError where another operation is in the way of this one
 */
export function checkClusterFree({ store, operations }: Cloud, name: string, verb: Verb): void {
  const cluster = name.replace(/\/nodePools\/.*/, "");
  const rivals: Stored[] = [store.get(CLUSTER, cluster)].filter((c) => c !== undefined);
  if (cluster === name && verb !== "insert") rivals.push(...store.list(NODE_POOL, `${cluster}/`));
  for (const rival of rivals) {
    const running = operations.runningOn(rival);
    if (running && rival.name !== name) throw containerWording.busy(name, running);
  }
}

/**
 * Who has nodes made must be allowed to have them run as their service account.
 * @param name of the cluster or node pool @param config its nodes'
 */
export function actAs(name: string, config: JsonObject): Need[] {
  const email = optionalString(config, "serviceAccount") ?? "default";
  const home = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1] ?? projectOf(name);
  return [{ permission: ACT_AS, resource: `projects/${home}/serviceAccounts/${email}` }];
}

/** What `status` shows: of a resource that is being changed, what is done to it. */
export function shownStatus<T extends JsonObject>(
  { store, operations }: Cloud,
  kind: Kind<T>,
  name: string,
): string {
  const resource = store.get(kind, name);
  const running = operations.runningOn(resource);
  return running ? (STATUS[running.body.verb] ?? "RUNNING") : String(resource?.body.status);
}

/** @param version of the API that is asked */
export function selfLinkOf(name: string, version: string): string {
  return `https://container.googleapis.com/${version}/${name}`;
}

/** Zones of nodes: those asked for, or the first three of the region. @throws ApiError */
export function checkedZones(location: string, wanted: unknown): string[] {
  const region = regionOf(location);
  if (!REGIONS.includes(region) || (region !== location && !zonesOf(region).includes(location))) {
    throw badRequest(`Location "${location}" does not exist.`);
  }
  const named = Array.isArray(wanted) ? wanted.map(String) : [];
  const wrong = named.find((zone) => !zonesOf(region).includes(zone));
  if (wrong !== undefined) {
    throw badRequest(
      `Invalid value for field "locations": "${wrong}" is not a zone of region "${region}", ` +
        `which has ${zonesOf(region).join(", ")}.`,
    );
  }
  if (region !== location) return [...new Set([location, ...named])];
  return named.length > 0 ? named : zonesOf(region).slice(0, 3);
}
