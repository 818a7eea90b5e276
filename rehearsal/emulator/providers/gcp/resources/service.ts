import { setTimeout as sleep } from "node:timers/promises";

import { Batcher } from "../engine/batcher";
import { lastSegment } from "../engine/names";
import { longrunning } from "../engine/operations";
import { projectOf } from "../engine/place";
import { whileReading, worded } from "../engine/refusals";
import { Backend, Context, ResourceType } from "../engine/resource";
import { gone } from "../engine/rest";
import { bool, Schema, str } from "../engine/schema";
import { serviceName } from "./checks";

const properties: Schema = {
  checkIfServiceHasUsageOnDestroy: bool("OL"),
  deletionPolicy: str("OCL"),
  disableDependentServices: bool("OL"),
  disableOnDestroy: bool("OL"),
  project: str("OCF"),
  service: str("RF", { check: serviceName }),
};

/** id: `{project}/{service}` */
export const service: ResourceType = {
  token: "gcp:projects/service:Service",
  upstream: "ProjectService",
  properties,
  backend: serviceBackend(),
};

const SERVICES = "https://serviceusage.googleapis.com/v1/projects";
const PROJECTS = "https://cloudresourcemanager.googleapis.com/v1/projects";
/** What v1 begins is asked for at v1beta1. */
const operations = longrunning("v1beta1");

/** As many as the API gives on a page. */
const PAGE = 200;
/** As many as the API enables at once. */
const MOST = 20;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1000;

/** Names of the APIs that are on. */
const listing = new Batcher<string, Set<string>>((context, project) => listed(context, project));
const enabling = new Batcher<string, void>(enable);

function serviceBackend(): Backend {
  const partsOf = (id: string) => {
    const [project = "", api = ""] = id.split("/");
    return { project, api };
  };
  const isOn = async (context: Context, id: string) => {
    const { project, api } = partsOf(id);
    const on = await listing.ask(context, project, api, `List Project Services ${project}`);
    return on.has(api);
  };
  return {
    /** Asks first which are on: one that is, is not enabled again. */
    async create(context, inputs) {
      const project = projectOf(inputs, context.config);
      const api = String(inputs.service);
      const id = `${project}/${api}`;
      if (await isOn(context, id)) return id;
      const what = `Enable Project Service "${api}" for project "${project}"`;
      await enabling.ask(context, project, api, what);
      return id;
    },
    /** It asks for the list of all that are on, and not for one. */
    async read(context, id) {
      const { project, api } = partsOf(id);
      const { cloud, deadline } = context;
      const found = await gone(
        cloud.call("GET", `${PROJECTS}/${project}`, undefined, deadline),
      ).catch(whileReading(`Project Service ${id}`));
      if (!found || found.lifecycleState === "DELETE_REQUESTED") return undefined;
      return (await isOn(context, id)) ? { project, service: api } : undefined;
    },
    /** All its settings are about its deletion. */
    async update(_context, id) {
      return id;
    },
    async delete({ cloud, deadline }, id, state) {
      if (state.disableOnDestroy !== true) return;
      const { project, api } = partsOf(id);
      const body = {
        checkIfServiceHasUsage: state.checkIfServiceHasUsageOnDestroy === true ? "CHECK" : "SKIP",
        ...(state.disableDependentServices === true && { disableDependentServices: true }),
      };
      const url = `${SERVICES}/${project}/services/${api}:disable`;
      const what = `Error disabling service "${api}" for project "${project}"`;
      await gone(cloud.operate(operations, "POST", url, body, deadline)).catch(
        worded(what, (failure) => `${what}: ${failure.during("api to disable")}`),
      );
    },
  };
}

async function listed({ cloud, deadline }: Context, project: string): Promise<Set<string>> {
  const on = new Set<string>();
  const fields = "services/name,nextPageToken";
  const query = new URLSearchParams({ fields, filter: "state:ENABLED", pageSize: String(PAGE) });
  for (;;) {
    const list = `${SERVICES}/${project}/services?${query.toString()}`;
    const { services = [], nextPageToken } = await cloud
      .call("GET", list, undefined, deadline)
      .catch(
        worded(`Failed to list enabled services for project ${project}`, ({ message }) => message),
      );
    for (const { name } of services as { name: string }[]) on.add(lastSegment(name));
    if (typeof nextPageToken !== "string" || nextPageToken === "") return on;
    query.set("pageToken", nextPageToken);
  }
}

/** Ends when all of them are on. */
async function enable(context: Context, project: string, apis: string[]): Promise<void> {
  for (let from = 0; from < apis.length; from += MOST) {
    await enableAtOnce(context, project, apis.slice(from, from + MOST));
  }
  for (
    let pause = FIRST_PAUSE_MS;
    Date.now() <= context.deadline.until;
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
  ) {
    const on = await listed(context, project);
    if (apis.every((api) => on.has(api))) return;
    await sleep(pause);
  }
}

/** One of them has a call of its own. */
async function enableAtOnce(
  { cloud, deadline }: Context,
  project: string,
  apis: string[],
): Promise<void> {
  const [only = ""] = apis;
  const all = `${SERVICES}/${project}/services`;
  const [url, body] =
    apis.length === 1
      ? [`${all}/${only}:enable`, {}]
      : [`${all}:batchEnable`, { serviceIds: apis }];
  const activity = `Enable Project "${project}" Services: [${apis.join(" ")}]`;
  await cloud
    .operate(operations, "POST", url, body, deadline)
    .catch(
      worded(
        "failed to enable services: failed on request preconditions",
        (failure) => `failed to enable services: ${failure.during(activity)}`,
      ),
    );
}
