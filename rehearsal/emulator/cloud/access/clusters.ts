import { Iam } from "../../gke/access/iam";
import { Callers } from "./callers";

const MEMBER = "serviceAccount:";

/** What the API servers of clusters ask of this cloud's accounts. */
export function iamOf(callers: Callers): Iam {
  return {
    userOf: (token) => callers.withToken(token)?.replace(/^\w+:/, ""),
    allows: (user, permission, resource) =>
      callers.unmet(MEMBER + user, [{ permission, resource }]).length === 0,
  };
}
