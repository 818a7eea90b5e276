import { objectsOfKind } from "../fleet/kubernetesObject";
import type { Scopes } from "../fleet/scopes";
import { type Finding, on, pending, type Resource, type Value, violation } from "../frame";

import type { EndpointPicker } from "./endpointPicker";

const serviceAccounts = objectsOfKind({ kind: "ServiceAccount", groups: [""] });

/** Where pods look for the token of their service account. */
const TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

const FIELD = "automountServiceAccountToken";

/** The service accounts of a stack, and whether their pods get a token. */
export class AccountTokens {
  private readonly scopes: Scopes;
  private readonly byPlace = new Map<string, Resource>();

  constructor(scopes: Scopes) {
    this.scopes = scopes;
    for (const [scope, accounts] of scopes.group(serviceAccounts)) {
      for (const account of accounts) {
        this.byPlace.set(`${scope} ${account.props.at("metadata", "name").text}`, account);
      }
    }
  }

  /** A picker whose pods get no token has no rights, whatever is bound to its account. */
  *findings(picker: EndpointPicker, account: Value): Generator<Finding> {
    const { resource, template } = picker;
    const own = template.at("spec", FIELD);
    const name = account.absent || account.raw === "" ? "default" : account.text;
    const made = this.byPlace.get(`${this.scopes.of(resource)} ${name}`);
    const setting = own.absent && made !== undefined ? made.props.at(FIELD) : own;
    const holder = own.absent && made !== undefined ? made : resource;
    if (mountsToken(picker)) {
      return;
    }
    if (setting.unknown) {
      yield on(holder, pending(setting));
    } else if (setting.raw === false) {
      const problem =
        `is false, so the endpoint picker ${resource.name} has no token for the API server and never ` +
        "gets ready";
      const fix = own.absent ? "set it to true in the pods" : "set it to true, or remove it";
      yield on(holder, violation(setting, problem, fix));
    }
  }
}

/** Whether the pods mount a token, or a volume that may be one, by themselves. */
function mountsToken({ container }: EndpointPicker): boolean {
  const mounts = container.at("volumeMounts");
  const paths = (mounts.items ?? []).map((mount) => mount.at("mountPath"));
  const isThere = ({ text, unknown }: Value) =>
    unknown || text?.replace(/\/$/, "") === TOKEN_FOLDER;
  return mounts.unknown || paths.some(isThere);
}
