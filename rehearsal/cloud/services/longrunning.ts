import { ServiceRoute } from "../access/admission";
import { Cloud } from "../cloud";
import { ApiError } from "../errors";
import { optionalString } from "../json";
import { Operation, operationJson } from "../operations";
import { Call } from "../router";
import { MethodId } from "../tables/methods";

const OPERATION = "/longrunning/v1/projects/{project}/operations/{operation}";
/** Longer than this no call is held. Source: `operations.wait` of Compute Engine. */
const MAX_WAIT_MS = 120_000;

/**
 * Operations of all services: get, and wait for the end as
 * google.longrunning.Operations.WaitOperation does.
 */
export function longrunningRoutes({ operations }: Cloud): ServiceRoute[] {
  const nameOf = ({ params: { project = "", operation = "" } }: Call) =>
    `projects/${project}/operations/${operation}`;
  const polled = {
    id: (call: Call) => {
      const operation = operations.get(nameOf(call));
      if (operation) return methodOf(operation.body);
      throw new ApiError("NOT_FOUND", `Operation ${nameOf(call)} was not found.`, "notFound");
    },
    about: ({ params: { project = "" } }: Call) => `projects/${project}`,
  };
  const wait = async (call: Call, ms: number) => {
    const name = nameOf(call);
    const operation = await operations.wait(name, ms);
    if (!operation) throw new ApiError("NOT_FOUND", `Operation ${name} was not found.`, "notFound");
    return operationJson(operation);
  };
  return [
    { ...polled, method: "GET", path: OPERATION, handle: (call) => wait(call, 0) },
    {
      ...polled,
      method: "POST",
      path: `${OPERATION}:wait`,
      handle: (call) => {
        const seconds = Number.parseFloat(optionalString(call.body, "timeout") ?? "30s");
        return wait(call, Math.min(seconds * 1000, MAX_WAIT_MS));
      },
    },
  ];
}

/** Each service of Google's has operations of its own. */
function methodOf({ type, target }: Operation): MethodId {
  const service = type.slice(0, type.indexOf("."));
  if (service === "compute") {
    const isRegional = target.includes("/regions/");
    return isRegional ? "compute.regionOperations.get" : "compute.globalOperations.get";
  }
  const method = METHOD_OF[service];
  if (method) return method;
  throw new Error(`${service} has no operations`);
}

const METHOD_OF: Record<string, MethodId> = {
  container: "container.projects.locations.operations.get",
  dns: "dns.changes.get",
  gkehub: "gkehub.projects.locations.operations.get",
  serviceusage: "serviceusage.operations.get",
};
