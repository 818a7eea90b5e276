import { UNKNOWN } from "../support/unknown";
import { noAuthoritativeIam } from "../../fleet/no-authoritative-iam";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsIn(noAuthoritativeIam);

const iam = (type: string, inputs: object = {}): Registered => ({ type, name: "iam", inputs });
const binding = (role: string, fix: string) =>
  `members: takes ${role} from everybody it does not list; grant each member its role with ${fix}`;
const policy = (fix: string) =>
  "policyData: takes every role from everybody it does not list; grant each member its role with " +
  `${fix}`;

test.each([
  "gcp:projects/iAMMember:IAMMember",
  "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  "gcp:projects/iAMCustomRole:IAMCustomRole",
  "gcp:projects/iamMemberRemove:IamMemberRemove",
  "gcp:secretmanager/secretIamMember:SecretIamMember",
  "gcp:gkehub/membershipBinding:MembershipBinding",
  "gcp:iam/denyPolicy:DenyPolicy",
  "gcp:iam/projectsPolicyBinding:ProjectsPolicyBinding",
  "gcp:orgpolicy/policy:Policy",
  "aws:iam/policy:Policy",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
])("passes %s", async (type) => {
  expect(await findings(iam(type, { role: "roles/container.admin" }))).toEqual([]);
});

test.each<[string, string]>([
  ["gcp:projects/iAMBinding:IAMBinding", binding("roles/viewer", "IAMMember")],
  ["gcp:folder/iAMBinding:IAMBinding", binding("roles/viewer", "IAMMember")],
  ["gcp:organizations/iAMBinding:IAMBinding", binding("roles/viewer", "IAMMember")],
  ["gcp:serviceaccount/iAMBinding:IAMBinding", binding("roles/viewer", "IAMMember")],
  ["gcp:storage/bucketIAMBinding:BucketIAMBinding", binding("roles/viewer", "BucketIAMMember")],
  [
    "gcp:compute/subnetworkIAMBinding:SubnetworkIAMBinding",
    binding("roles/viewer", "SubnetworkIAMMember"),
  ],
  [
    "gcp:secretmanager/secretIamBinding:SecretIamBinding",
    binding("roles/viewer", "SecretIamMember"),
  ],
  ["gcp:projects/iAMPolicy:IAMPolicy", policy("IAMMember")],
  ["gcp:storage/bucketIAMPolicy:BucketIAMPolicy", policy("BucketIAMMember")],
  ["gcp:secretmanager/secretIamPolicy:SecretIamPolicy", policy("SecretIamMember")],
])("fails %s", async (type, message) => {
  const inputs = { role: "roles/viewer", members: ["user:a@example.com"] };
  expect(await findings(iam(type, inputs))).toEqual([["mandatory", message]]);
});

test.each([{}, { role: null }, { role: 7, members: UNKNOWN }, { role: UNKNOWN }])(
  "fails one of which only the type is known: %j",
  async (inputs) => {
    const message = binding("the role", "IAMMember");
    const resource = iam("gcp:projects/iAMBinding:IAMBinding", inputs);
    expect(await findings(resource)).toEqual([["mandatory", message]]);
  },
);

test("takes the types that are allowed", async () => {
  const type = "gcp:storage/bucketIAMPolicy:BucketIAMPolicy";
  const config = { [noAuthoritativeIam.name]: { allowed: [type] } };
  expect(await findings(iam(type), { config })).toEqual([]);
  const other = iam("gcp:projects/iAMPolicy:IAMPolicy");
  expect(await findings(other, { config })).toEqual([["mandatory", policy("IAMMember")]]);
});
