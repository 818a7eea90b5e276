import { PROJECT, type Situation } from "../project";
import { bucketOption, MEMBER, ok, problem, type Row, secretOption } from "./row";

export const grant = (role: string) =>
  `gcloud projects add-iam-policy-binding ${PROJECT} --member ${MEMBER} --role ${role} --condition None`;
const without =
  (role: string): Situation["grants"] =>
  (all) =>
    all.filter((each) => each.role !== role);

export const permissions: Row[] = [
  [
    "a role is missing",
    "permissions",
    { grants: without("roles/compute.securityAdmin") },
    [
      problem(
        "roles/compute.securityAdmin on the project is missing, for: firewall rule of the load balancer, which no network " +
          "administrator may make (compute.firewalls.create and 2 more)",
        grant("roles/compute.securityAdmin"),
      ),
    ],
  ],
  [
    "a role of which one permission is used is missing",
    "permissions",
    { grants: without("roles/iam.serviceAccountUser") },
    [
      problem(
        "roles/iam.serviceAccountUser on the project is missing, for: nodes that run as that account (iam.serviceAccounts.actAs)",
        grant("roles/iam.serviceAccountUser"),
      ),
    ],
  ],
  [
    "a role of an option is missing",
    "permissions",
    { config: { privateDnsName: "llm.corp.internal" }, grants: without("roles/dns.admin") },
    [
      problem(
        "roles/dns.admin on the project is missing, for: private zone and its record (dns.changes.create and 10 more)",
        grant("roles/dns.admin"),
      ),
    ],
  ],
  [
    "a role of dashboard and alerts is missing",
    "permissions",
    {
      config: { monitoring: {} },
      grants: without("roles/monitoring.alertPolicyEditor"),
    },
    [
      problem(
        "roles/monitoring.alertPolicyEditor on the project is missing, for: alerts (monitoring.alertPolicies.create and 3 more)",
        grant("roles/monitoring.alertPolicyEditor"),
      ),
    ],
  ],
  [
    "roles on bucket and secret are missing",
    "permissions",
    {
      config: { ...bucketOption, ...secretOption },
      grants: (all) => all.filter(({ resource }) => resource === `projects/${PROJECT}`),
    },
    [
      ok("125 permissions on the project: 8 roles of docs/roles.md"),
      problem(
        "roles/storage.admin on the bucket is missing, for: let the model servers use the bucket (storage.buckets.getIamPolicy and 1 more)",
        `gcloud storage buckets add-iam-policy-binding gs://model-weights --member ${MEMBER} --role roles/storage.admin`,
      ),
      problem(
        "roles/secretmanager.admin on the secret is missing, for: let the model servers read the secret (secretmanager.secrets.getIamPolicy and 1 more)",
        `gcloud secrets add-iam-policy-binding hugging-face --project ${PROJECT} --member ${MEMBER} --role roles/secretmanager.admin`,
      ),
    ],
  ],
  [
    "roles on bucket and secret are there",
    "permissions",
    { config: { ...bucketOption, ...secretOption } },
    [
      ok("125 permissions on the project: 8 roles of docs/roles.md"),
      ok("2 permissions on the bucket: 1 roles of docs/roles.md"),
      ok("2 permissions on the secret: 1 roles of docs/roles.md"),
    ],
  ],
];

export const apis: Row[] = [["all are enabled", "APIs", {}, [ok("all 13 are enabled")]]];
