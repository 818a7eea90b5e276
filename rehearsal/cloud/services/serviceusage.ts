import { ServiceRoute } from "../access/admission";
import { Cloud, isApiEnabled, projectNumber } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { JsonObject } from "../json";
import { SERVICE, SERVICE_AGENT } from "../kinds";
import { baseName, projectOf } from "../names";
import { Call } from "../router";
import { agentsMadeOnEnable, DEFAULT_APIS, identityOf } from "../tables/apis";
import { duration } from "../tables/durations";

const API_NAME = /^[a-z][a-z0-9-]*\.googleapis\.com$/;
const ROOT = "/serviceusage/v1/projects/{project}/services";

/** Enabled APIs and service agents. The API that enables APIs is itself always on. */
export function serviceusageRoutes({ store, operations, gke, knobs }: Cloud): ServiceRoute[] {
  for (const verb of ["enable", "disable"]) {
    operations.register(SERVICE.type, verb, {
      commit: (name) => {
        const state = verb === "enable" ? "ENABLED" : "DISABLED";
        store.put(SERVICE, name, { state });
        if (verb === "enable") makeAgents(projectOf(name), baseName(name));
        gke.cloudChanged();
        return { service: { name, state } };
      },
    });
  }
  const change = (verb: "enable" | "disable") => (call: Call) => {
    const name = serviceName(call);
    const before = store.get(SERVICE, name);
    const running = operations.runningOn(before);
    // Two requests to enable one API are one change.
    if (running?.body.verb === verb) return operations.answer(running);
    store.put(SERVICE, name, before?.body ?? { state: "DISABLED" });
    const seconds = duration(`${SERVICE.type} ${verb}`);
    return operations.answer(operations.begin(SERVICE.type, verb, name, seconds));
  };
  const state = (name: string): JsonObject => ({
    name,
    config: { name: baseName(name) },
    state: isApiEnabled(store, projectOf(name), baseName(name)) ? "ENABLED" : "DISABLED",
  });
  return [
    {
      method: "GET",
      path: ROOT,
      id: "serviceusage.services.list",
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: ({ params: { project = "" } }) => {
        const set = store.list(SERVICE, `projects/${project}/`).map(({ name }) => baseName(name));
        const names = [...new Set([...DEFAULT_APIS, ...set])];
        const services = names.map((api) => state(`projects/${project}/services/${api}`));
        return { services: services.filter((s) => s.state === "ENABLED") };
      },
    },
    {
      method: "GET",
      path: `${ROOT}/{service}`,
      id: "serviceusage.services.get",
      handle: (call) => state(serviceName(call)),
    },
    {
      method: "POST",
      path: `${ROOT}/{service}:enable`,
      id: "serviceusage.services.enable",
      handle: change("enable"),
    },
    {
      method: "POST",
      path: `${ROOT}/{service}:disable`,
      id: "serviceusage.services.disable",
      handle: change("disable"),
    },
    {
      method: "POST",
      id: "serviceusage.services.generateServiceIdentity",
      path: "/serviceusage/v1beta1/projects/{project}/services/{service}:generateServiceIdentity",
      handle: (call) => ({ done: true, response: identity(serviceName(call)) }),
    },
  ];

  /** An identity is there only once its API is on. */
  function identity(name: string): JsonObject {
    const [project, api] = [projectOf(name), baseName(name)];
    if (!isApiEnabled(store, project, api)) {
      throw new ApiError(
        "FAILED_PRECONDITION",
        `Service '${api}' is not enabled in project '${project}': enable it before its service ` +
          "identity is generated.",
        "failedPrecondition",
      );
    }
    const email = identityOf(api, projectNumber(project));
    if (email === undefined) return {};
    store.put(SERVICE_AGENT, `projects/${project}/serviceAgents/${email}`, { email });
    // Google may leave it out, also where it has made one. Source: hashicorp/
    // terraform-provider-google#18649 and #10367.
    return knobs.get().identityEmails ? { email, uniqueId: projectNumber(email) } : {};
  }

  function makeAgents(project: string, api: string): void {
    for (const email of agentsMadeOnEnable(api, projectNumber(project))) {
      store.put(SERVICE_AGENT, `projects/${project}/serviceAgents/${email}`, { email });
    }
  }
}

function serviceName({ params: { project = "", service = "" } }: Call): string {
  if (!API_NAME.test(service)) {
    throw badRequest(
      `Service '${service}' not found: the name of an API ends with ".googleapis.com".`,
    );
  }
  return `projects/${project}/services/${service}`;
}
