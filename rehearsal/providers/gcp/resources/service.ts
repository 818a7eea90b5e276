import { longrunningOperations } from "../engine/operations";
import { projectOf } from "../engine/place";
import { Backend, Context, ResourceType } from "../engine/resource";
import { failed } from "../engine/rest";
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
  properties,
  backend: serviceBackend(),
};

const SERVICES = "https://serviceusage.googleapis.com/v1/projects";

/** As many as the API gives on a page. */
const PAGE = 200;

function serviceBackend(): Backend {
  const partsOf = (id: string) => {
    const [project = "", api = ""] = id.split("/");
    return { project, api };
  };
  const isOn = async ({ cloud, deadline }: Context, id: string) => {
    const { project, api } = partsOf(id);
    const query = new URLSearchParams({ filter: "state:ENABLED", pageSize: String(PAGE) });
    for (;;) {
      const list = `${SERVICES}/${project}/services?${query.toString()}`;
      const { services = [], nextPageToken } = await cloud.call("GET", list, undefined, deadline);
      if ((services as { name: string }[]).some(({ name }) => name.endsWith(`/${api}`)))
        return true;
      if (typeof nextPageToken !== "string") return false;
      query.set("pageToken", nextPageToken);
    }
  };
  return {
    /** Asks first which are on: one that is, is not enabled again. */
    async create(context, inputs) {
      const { cloud, config, deadline } = context;
      const id = `${projectOf(inputs, config)}/${String(inputs.service)}`;
      const { project, api } = partsOf(id);
      if (await isOn(context, id)) return id;
      await cloud
        .operate(
          longrunningOperations,
          "POST",
          `${SERVICES}/${project}/services/${api}:enable`,
          {},
          deadline,
        )
        .catch(failed("creating", "create", "Project Service"));
      return id;
    },
    /** It asks for the list of all that are on, and not for one. */
    async read(context, id) {
      const { project, api } = partsOf(id);
      return (await isOn(context, id)) ? { project, service: api } : undefined;
    },
    /** All its settings are about its deletion. */
    async update(_context, id) {
      return id;
    },
    async delete({ cloud, deadline }, id, { disableOnDestroy, disableDependentServices }) {
      if (disableOnDestroy !== true) return;
      const { project, api } = partsOf(id);
      const body = { disableDependentServices: disableDependentServices === true };
      const url = `${SERVICES}/${project}/services/${api}:disable`;
      await cloud
        .operate(longrunningOperations, "POST", url, body, deadline)
        .catch(failed("deleting", "delete", "Project Service"));
    },
  };
}
