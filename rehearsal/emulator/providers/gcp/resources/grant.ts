import { block, Schema, str } from "../engine/schema";
import { iamMember } from "./checks";

/** What every type that is one member in one role has, beside the resource that the grant is on. */
export const grant: Schema = {
  condition: block("OF", {
    description: str("OF"),
    expression: str("RF"),
    title: str("RF"),
  }),
  etag: str("C"),
  member: str("RF", { check: iamMember, same: (a, b) => a.toLowerCase() === b.toLowerCase() }),
  role: str("RF"),
};
