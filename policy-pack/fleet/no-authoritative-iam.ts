import {
  listSetting,
  type Resource,
  resourcePolicy,
  security,
  type Selector,
  violation,
} from "../frame";

/** The part of the type before the ending, such as `BucketIAM`, and the ending. */
const AUTHORITATIVE = /^gcp:.*:(\w*Iam)(Binding|Policy)$/i;

const authoritative: Selector = {
  label: "IAM bindings and policies",
  matches: ({ type }) => AUTHORITATIVE.test(type),
};

export const noAuthoritativeIam = resourcePolicy({
  name: "no-authoritative-iam",
  description: "Roles are granted one member at a time, so that no other member loses its role.",
  severity: "critical",
  framework: security,
  remediationSteps:
    "Replace each IAM binding or policy by an IAM member of the same resource for each role and " +
    "member. A type that owns its grants by design can be added to setting allowed.",
  url: "https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iammember/",
  settings: {
    allowed: listSetting({
      default: [],
      description:
        "Type tokens that may be used all the same, for example " +
        "gcp:storage/bucketIAMBinding:BucketIAMBinding.",
    }),
  },
  judges: authoritative,

  *judge(resource, { allowed }) {
    const { props, type } = resource;
    if (allowed.includes(type)) {
      return;
    }
    const [, prefix = "", ending = ""] = AUTHORITATIVE.exec(type) ?? [];
    const fix = `grant each member its role with ${prefix}Member`;
    if (ending.toLowerCase() === "binding") {
      const role = roleOf(resource);
      yield violation(props.at("members"), `takes ${role} from everybody it does not list`, fix);
    } else {
      const problem = "takes every role from everybody it does not list";
      yield violation(props.at("policyData"), problem, fix);
    }
  },
});

function roleOf({ props }: Resource): string {
  return props.at("role").text ?? "the role";
}
