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

function serviceBackend(): Backend {
  const url = (id: string) => `/serviceusage/v1/projects/${id.replace("/", "/services/")}`;
  const change = ({ cloud, deadline }: Context, id: string, verb: string) =>
    cloud.operate("POST", `${url(id)}:${verb}`, {}, deadline);
  return {
    /** Succeeds where the API is on already. */
    async create(context, inputs) {
      const id = `${projectOf(inputs, context.config)}/${String(inputs.service)}`;
      await change(context, id, "enable").catch(failed("creating", "create", "Project Service"));
      return id;
    },
    /** It asks for the list of all that are on, and not for one. */
    async read({ cloud, deadline }, id) {
      const [project = "", api = ""] = id.split("/");
      const list = `/serviceusage/v1/projects/${project}/services`;
      const { services } = await cloud.call("GET", list, undefined, deadline);
      const isOn = (services as { name: string }[]).some(({ name }) => name.endsWith(`/${api}`));
      return isOn ? { project, service: api } : undefined;
    },
    /** All its settings are about its deletion. */
    async update(_context, id) {
      return id;
    },
    async delete(context, id, { disableOnDestroy }) {
      if (disableOnDestroy !== true) return;
      await change(context, id, "disable").catch(failed("deleting", "delete", "Project Service"));
    },
  };
}
