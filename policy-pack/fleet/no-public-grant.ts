import {
  type Finding,
  resourcePolicy,
  security,
  type Selector,
  type Value,
  violation,
} from "../frame";

/** Everybody, and everybody with a Google account. */
const EVERYBODY = ["allUsers", "allAuthenticatedUsers"];

/** Grants on what is never meant for everybody. */
const NEVER_FOR_ALL =
  /^gcp:(?:projects|folder|organizations|secretmanager|serviceaccount|kms|compute|gkehub|tags)\//i;

/** Buckets may hold a public page, which others read. */
const BUCKET = /^gcp:storage\//;

const grants: Selector = {
  label: "IAM members and bindings",
  matches: ({ type }) => /^gcp:.*:\w*IAM(?:Member|Binding)$/i.test(type),
};

export const noPublicGrant = resourcePolicy({
  name: "no-public-grant",
  description:
    "No role of the project, of its secrets, accounts or keys is granted to everybody, and only " +
    "named members change a bucket.",
  severity: "critical",
  framework: security,
  remediationSteps:
    "Grant the role to the service accounts, groups and users that need it. Everybody may read a " +
    "bucket, as for a public page.",
  url: "https://cloud.google.com/iam/docs/overview#all-users",
  settings: {},
  judges: grants,

  *judge({ props, type }) {
    const role = props.at("role");
    if (!NEVER_FOR_ALL.test(type) && !(BUCKET.test(type) && changes(role))) {
      return;
    }
    const list = props.at("members");
    for (const member of [props.at("member"), ...(list.items ?? [])]) {
      yield* memberFindings(member, role);
    }
  },
});

/** A member that is not known yet is an account that Google has yet to make, and not everybody. */
function* memberFindings(member: Value, role: Value): Generator<Finding> {
  if (EVERYBODY.includes(member.text ?? "")) {
    const problem = `${member} gives ${role.text ?? "the role"} to everybody`;
    yield violation(member, problem, "name those who need it");
  }
}

/** Whether a role is known to do more than read. */
function changes({ text }: Value): boolean {
  return text !== undefined && !/(?:viewer|reader)$/i.test(text);
}
