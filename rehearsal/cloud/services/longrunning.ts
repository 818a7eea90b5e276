import { Cloud } from "../cloud";
import { ApiError } from "../errors";
import { optionalString } from "../json";
import { operationJson } from "../operations";
import { Call, Route } from "../router";

const OPERATION = "/longrunning/v1/projects/{project}/operations/{operation}";
/** Longer than this no call is held. Source: `operations.wait` of Compute Engine. */
const MAX_WAIT_MS = 120_000;

/**
 * Operations of all services: get, and wait for the end as
 * google.longrunning.Operations.WaitOperation does.
 */
export function longrunningRoutes({ operations }: Cloud): Route[] {
  const nameOf = ({ params: { project = "", operation = "" } }: Call) =>
    `projects/${project}/operations/${operation}`;
  const wait = async (call: Call, ms: number) => {
    const name = nameOf(call);
    const operation = await operations.wait(name, ms);
    if (!operation) throw new ApiError("NOT_FOUND", `Operation ${name} was not found.`, "notFound");
    return operationJson(operation);
  };
  return [
    { method: "GET", path: OPERATION, handle: (call) => wait(call, 0) },
    {
      method: "POST",
      path: `${OPERATION}:wait`,
      handle: (call) => {
        const seconds = Number.parseFloat(optionalString(call.body, "timeout") ?? "30s");
        return wait(call, Math.min(seconds * 1000, MAX_WAIT_MS));
      },
    },
  ];
}
