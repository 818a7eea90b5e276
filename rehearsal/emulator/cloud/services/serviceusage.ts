import { randomUUID } from "node:crypto";

import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { projectNumber } from "../numericIds";
import { isApiEnabled } from "../enabledApis";
import { ApiError, badRequest } from "../errors";
import { isObject, Json, JsonObject } from "../json";
import { SERVICE, SERVICE_AGENT } from "../kinds";
import { baseName, projectOf } from "../names";
import { Operation } from "../operations";
import { Stored } from "../store";
import { agentsMadeOnEnable, DEFAULT_APIS, identityOf } from "../tables/apis";
import { duration } from "../tables/durations";
import { Call } from "../wire/call";
import { pageOf } from "../wire/pages";
import { getOperation, longrunningJson } from "./longrunning";

const API_NAME = /^[a-z][a-z0-9-]*\.googleapis\.com$/;
const TYPES = "type.googleapis.com/google.api.serviceusage";
const STATES = { enable: "ENABLED", disable: "DISABLED" } as const;
/** Source: the reference of `services.list`. */
const PAGE = { parameter: "pageSize", max: 200 } as const;
/** Source: the reference of `services.batchEnable`. */
const MAX_BATCH = 20;

/**
 * Names of operations that are done at once and cannot be polled: for a change that changes nothing, and for
 * `generateServiceIdentity`. Source: answers in public code of clients that know them; Service Usage documentation.
 */
const NOTHING_TO_DO = "operations/noop.DONE_OPERATION";
const FINISHED = "operations/finished.DONE_OPERATION";

/** Enabled APIs and service agents. The API that enables APIs is itself always on. */
export function serviceusageMethods(cloud: Cloud): ServiceMethod[] {
  const { store, operations, gke, knobs } = cloud;
  for (const verb of ["enable", "disable"] as const) {
    operations.register(SERVICE.type, verb, {
      commit: (_target, _result, { services }) => {
        const names = namesOf(services);
        for (const name of names) {
          store.put(SERVICE, name, { state: STATES[verb] });
          if (verb === "enable") makeAgents(projectOf(name), baseName(name));
        }
        gke.cloudChanged();
        return { services: names.map(shown) };
      },
    });
  }
  const change = (verb: "enable" | "disable") => (call: Call) =>
    changeAll(call, verb, [checkedName(call.name)]);

  return [
    {
      id: "serviceusage.services.list",
      handle: (call) => {
        const project = projectOf(call.name);
        const set = store.list(SERVICE, `projects/${project}/`).map(({ name }) => baseName(name));
        const names = [...new Set([...DEFAULT_APIS, ...set])];
        const all = names.map((api) => shown(`projects/${project}/services/${api}`));
        const { items: services, nextPageToken } = pageOf(call, all.filter(filterOf(call)), PAGE);
        return { services, nextPageToken };
      },
    },
    { id: "serviceusage.services.get", handle: ({ name }) => shown(checkedName(name)) },
    { id: "serviceusage.services.enable", handle: change("enable") },
    { id: "serviceusage.services.disable", handle: change("disable") },
    { id: "serviceusage.services.batchEnable", handle: batchEnable },
    {
      id: "serviceusage.services.generateServiceIdentity",
      handle: ({ name }) => ({
        name: FINISHED,
        done: true,
        response: { "@type": `${TYPES}.v1beta1.ServiceIdentity`, ...identity(checkedName(name)) },
      }),
    },
    getOperation(cloud, "serviceusage.operations.get", ({ body }) => body.target, operationJson),
  ];

  function shown(name: string): JsonObject {
    const [project, api] = [projectOf(name), baseName(name)];
    const parent = `projects/${projectNumber(project)}`;
    return {
      name: `${parent}/services/${api}`,
      parent,
      config: { name: api },
      state: isApiEnabled(store, project, api) ? "ENABLED" : "DISABLED",
    };
  }

  /** One operation for all. */
  function batchEnable(call: Call): Promise<JsonObject> {
    const ids = namesOf(call.body.serviceIds);
    if (ids.length === 0 || ids.length > MAX_BATCH) {
      throw badRequest(
        `${ids.length} services were given; one request enables from 1 to ${MAX_BATCH} services.`,
      );
    }
    const parent = `projects/${projectOf(call.name)}`;
    return changeAll(
      call,
      "enable",
      ids.map((id) => checkedName(`${parent}/services/${id}`)),
    );
  }

  async function changeAll(
    { method }: Call,
    verb: "enable" | "disable",
    services: string[],
  ): Promise<JsonObject> {
    if (services.every((name) => shown(name).state === STATES[verb])) {
      const response = responseOf({ method: method.id, verb }, services.map(shown));
      return { name: NOTHING_TO_DO, done: true, response };
    }
    const target = `projects/${projectOf(services[0] ?? "")}`;
    const number = projectNumber(projectOf(target));
    const operation = operations.begin(`operations/acat.p2-${number}-${randomUUID()}`, {
      method: method.id,
      version: method.version,
      verb,
      type: SERVICE.type,
      target,
      services,
      seconds: duration(`${SERVICE.type} ${verb}`),
    });
    return operationJson(await operations.shortly(operation));
  }

  function operationJson(operation: Stored<Operation>): JsonObject {
    return longrunningJson(operation, {
      metadata: ({ services }) => ({
        "@type": `${TYPES}.v1.OperationMetadata`,
        resourceNames: namesOf(services).map((name) => String(shown(name).name)),
      }),
      response: (body, { services }) =>
        responseOf(body, Array.isArray(services) ? services.filter(isObject) : []),
    });
  }

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

function responseOf(
  { method, verb }: Pick<Operation, "method" | "verb">,
  services: JsonObject[],
): JsonObject {
  if (method.endsWith(".batchEnable")) {
    return { "@type": `${TYPES}.v1.BatchEnableServicesResponse`, services };
  }
  const name = verb === "enable" ? "EnableServiceResponse" : "DisableServiceResponse";
  return { "@type": `${TYPES}.v1.${name}`, service: services[0] };
}

function namesOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function checkedName(name: string): string {
  if (API_NAME.test(baseName(name))) return name;
  throw badRequest(
    `Service '${baseName(name)}' not found: the name of an API ends with ".googleapis.com".`,
  );
}

/** @throws ApiError for another filter than the two that Google knows */
function filterOf({ query }: Call): (service: JsonObject) => boolean {
  const filter = query.get("filter") ?? "";
  const [, state] = /^state:(ENABLED|DISABLED)$/.exec(filter) ?? [];
  if (filter !== "" && state === undefined) throw badRequest(`Invalid filter: "${filter}".`);
  return (service) => state === undefined || service.state === state;
}
