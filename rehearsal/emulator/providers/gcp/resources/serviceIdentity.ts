import { longrunningOperations } from "../engine/operations";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { worded } from "../engine/refusals";
import { Schema, str } from "../engine/schema";
import { at, text } from "../engine/values";

const properties: Schema = {
  email: str("C"),
  member: str("C"),
  project: str("OCF"),
  service: str("RF"),
};

/**
 * The agent of an API. Google has no call to read or remove one, so that the address is known from
 * the creation only. id: `projects/{project}/services/{service}`
 */
export const serviceIdentity: ResourceType = {
  token: "gcp:projects/serviceIdentity:ServiceIdentity",
  upstream: "ServiceUsageServiceIdentity",
  properties,
  backend: {
    async create({ cloud, config, deadline, told }, inputs) {
      const project = projectOf(inputs, config);
      const id = `projects/${project}/services/${String(inputs.service)}`;
      const url = `https://serviceusage.googleapis.com/v1beta1/${id}:generateServiceIdentity`;
      const identity = await cloud
        .operate(longrunningOperations, "POST", url, undefined, deadline)
        .catch(
          worded("Error creating Service Identity", (e) => e.during("Creating Service Identity")),
        );
      const email = text(at(identity, "email"));
      // Not every API has an agent.
      told({ project, ...(email && { email, member: `serviceAccount:${email}` }) });
      return id;
    },
    async read(_context, _id, known) {
      return known;
    },
    async delete() {
      // There is no such call.
    },
  },
};
