import { UNKNOWN } from "../support/unknown";
import { noPublicGrant } from "../../fleet/no-public-grant";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsIn(noPublicGrant);

const grant = (type: string, inputs: object): Registered => ({
  type: `gcp:${type}`,
  name: "grant",
  inputs: { role: "roles/owner", ...inputs },
});
const project = (member: unknown, role = "roles/owner") =>
  grant("projects/iAMMember:IAMMember", { member, role });
const bucket = (role: string) =>
  grant("storage/bucketIAMMember:BucketIAMMember", { member: "allUsers", role });
const everybody = (path: string, member: string, role = "roles/owner") =>
  `${path}: "${member}" gives ${role} to everybody; name those who need it`;

test.each<[string, Registered]>([
  ["an account", project("serviceAccount:a@p.iam.gserviceaccount.com")],
  ["a member that is not known yet", project(UNKNOWN)],
  ["members that are not known yet", grant("projects/iAMBinding:IAMBinding", { members: UNKNOWN })],
  ["a public page", bucket("roles/storage.objectViewer")],
  ["readers of the old kind", bucket("roles/storage.legacyObjectReader")],
  [
    "a public service",
    grant("cloudrunv2/serviceIamMember:ServiceIamMember", { member: "allUsers" }),
  ],
  [
    "what is no grant",
    { type: "gcp:storage/bucket:Bucket", name: "grant", inputs: { member: "allUsers" } },
  ],
  ["malformed input", grant("projects/iAMMember:IAMMember", { member: [], members: {}, role: 1 })],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["everybody", project("allUsers"), everybody("member", "allUsers")],
  [
    "everybody with an account",
    project("allAuthenticatedUsers"),
    everybody("member", "allAuthenticatedUsers"),
  ],
  [
    "everybody among others",
    grant("projects/iAMBinding:IAMBinding", { members: ["user:a@b.c", "allUsers"] }),
    everybody("members[1]", "allUsers"),
  ],
  [
    "readers of a secret",
    grant("secretmanager/secretIamMember:SecretIamMember", {
      member: "allAuthenticatedUsers",
      role: "roles/secretmanager.secretAccessor",
    }),
    everybody("member", "allAuthenticatedUsers", "roles/secretmanager.secretAccessor"),
  ],
  [
    "who acts as an account",
    grant("serviceaccount/iAMMember:IAMMember", {
      member: "allUsers",
      role: "roles/iam.workloadIdentityUser",
    }),
    everybody("member", "allUsers", "roles/iam.workloadIdentityUser"),
  ],
  [
    "who writes a bucket",
    bucket("roles/storage.objectUser"),
    everybody("member", "allUsers", "roles/storage.objectUser"),
  ],
  [
    "a role that is not known yet",
    grant("projects/iAMMember:IAMMember", { member: "allUsers", role: UNKNOWN }),
    everybody("member", "allUsers", "the role"),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});
