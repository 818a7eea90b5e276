import { ApiError } from "../engine/cloud";
import { projectOf } from "../engine/place";
import { Backend, ResourceType } from "../engine/resource";
import { whileCreating, whileReading, worded } from "../engine/refusals";
import { gone } from "../engine/rest";
import { bool, Schema, str } from "../engine/schema";
import { text } from "../engine/values";
import { accountId } from "./checks";
import { nonEmpty } from "./computeApi";

const properties: Schema = {
  accountId: str("OF", { check: accountId }),
  createIgnoreAlreadyExists: bool("OL"),
  deletionPolicy: str("OCL"),
  description: str("O"),
  disabled: bool("O"),
  displayName: str("O"),
  email: str("C"),
  member: str("C"),
  name: str("C"),
  project: str("OCF"),
  uniqueId: str("C"),
};

/** id: `projects/{project}/serviceAccounts/{email}` */
export const account: ResourceType = {
  token: "gcp:serviceaccount/account:Account",
  upstream: "ServiceAccount",
  properties,
  autoName: { property: "accountId", maxLength: 30, lowercase: false },
  timeouts: { create: 5 * 60 },
  backend: accountBackend(),
};

const IAM = "https://iam.googleapis.com/v1";
/** What a change names, in the spelling of its mask. */
const MASKED = [
  ["description", "description"],
  ["displayName", "display_name"],
] as const;

function accountBackend(): Backend {
  return {
    async create({ cloud, config, deadline }, inputs) {
      const project = projectOf(inputs, config);
      const { accountId, displayName, description } = inputs;
      const serviceAccount = nonEmpty({
        displayName: displayName ?? null,
        description: description ?? null,
      });
      const body = { accountId, serviceAccount };
      const url = `${IAM}/projects/${project}/serviceAccounts`;
      const made = await cloud.call("POST", url, body, deadline).catch((error: unknown) => {
        const exists = error instanceof ApiError && error.code === 409;
        if (!exists || inputs.createIgnoreAlreadyExists !== true) {
          return whileCreating("service account")(error);
        }
        const email = `${String(accountId)}@${project}.iam.gserviceaccount.com`;
        return cloud.call("GET", `${url}/${email}`, undefined, deadline);
      });
      return text(made.name);
    },
    async read({ cloud, deadline }, id) {
      const json = await gone(cloud.call("GET", `${IAM}/${id}`, undefined, deadline)).catch(
        whileReading(`Service Account "${id}"`),
      );
      if (!json) return undefined;
      const email = text(json.email);
      return {
        ...(json as object),
        accountId: email.slice(0, email.indexOf("@")),
        member: `serviceAccount:${email}`,
        project: text(json.projectId),
      };
    },
    async update({ cloud, deadline }, id, { after, changed }) {
      const { etag } = await cloud
        .call("GET", `${IAM}/${id}`, undefined, deadline)
        .catch(worded(`Error retrieving service account "${id}"`, ({ message }) => message));
      if (changed.includes("disabled")) {
        const verb = after.disabled === true ? "disable" : "enable";
        await cloud.call("POST", `${IAM}/${id}:${verb}`, {}, deadline);
      }
      const fields = MASKED.filter(([property]) => changed.includes(property));
      if (fields.length > 0) {
        const values = fields.map(([property]) => [property, after[property] ?? null] as const);
        const serviceAccount = { ...nonEmpty(Object.fromEntries(values)), etag };
        const updateMask = fields.map(([, masked]) => masked).join(",");
        const body = { serviceAccount, updateMask };
        await cloud.call("PATCH", `${IAM}/${id}`, body, deadline);
      }
      return id;
    },
    async delete({ cloud, deadline }, id) {
      await gone(cloud.call("DELETE", `${IAM}/${id}`, undefined, deadline)).catch(
        worded("Error deleting service account", ({ message }) => message),
      );
    },
  };
}
