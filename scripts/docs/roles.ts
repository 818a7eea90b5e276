import {
  DEPLOYER_ROLES,
  DEPLOYER_ROLES_DATED,
  type DeployerRole,
} from "../../catalog/deployerRoles";

const HEAD = `# Roles of the deploying account

An account needs these roles to run \`pulumi preview\`, \`up\`, \`refresh\` and \`destroy\` on a stack. Every rehearsal deploys
as an account with just these roles; a test creates, changes and deletes a stack for each combination of the options, and
revokes each role in turn. \`make docs\` writes this page from [catalog/deployerRoles.json](../catalog/deployerRoles.json).
Permissions of the roles: ${DEPLOYER_ROLES_DATED.source}, ${DEPLOYER_ROLES_DATED.asOf}.
`;

const WIDE = `
If Google refuses a call for want of a role, the project's owner grants the role; the next \`up\` then resumes.

Keep the gateway in a project of its own: \`roles/resourcemanager.projectIamAdmin\` can grant any role of the project to
anyone, and \`roles/container.admin\` and \`roles/iam.serviceAccountUser\` reach every cluster and every service account in
the project. Custom roles do not change that.
`;

/** `docs/roles.md`: the table, the commands that grant them, and custom roles with no more than what is used. */
export function rolesDocs(): string {
  return [HEAD, table(), WIDE, grants(), customRoles()].join("\n");
}

function table(): string {
  const rows = DEPLOYER_ROLES.map(({ role, on, when, for: what, without }) => {
    const needed = when === undefined ? "always" : `with ${code(when)}`;
    return row([code(role), `the ${on}`, needed, what, code(without)]);
  });
  const head = ["role", "on", "needed", "for", "without it, Google says"];
  return [row(head), row(head.map(() => "---")), ...rows].join("\n");
}

function grants(): string {
  const always = DEPLOYER_ROLES.filter(({ when }) => when === undefined).map(({ role }) => role);
  return [
    "## Granting them",
    "",
    "```sh",
    "PROJECT=my-project-dev",
    'DEPLOYER="serviceAccount:deployer@$PROJECT.iam.gserviceaccount.com"',
    `for ROLE in ${always.map((role) => role.replace("roles/", "")).join(" \\\n  ")}; do`,
    '  gcloud projects add-iam-policy-binding "$PROJECT" --member "$DEPLOYER" --role "roles/$ROLE" --condition None',
    "done",
    ...options().flatMap(({ when, roles }) => ["", `# with ${when}`, ...roles.flatMap(grant)]),
    "```",
    "",
  ].join("\n");
}

interface Option {
  /** The key of the configuration. */
  when: string;
  roles: DeployerRole[];
}

function options(): Option[] {
  const keys = [...new Set(DEPLOYER_ROLES.flatMap(({ when }) => when ?? []))];
  return keys.map((when) => ({
    when,
    roles: DEPLOYER_ROLES.filter((role) => role.when === when),
  }));
}

function grant({ role, on }: DeployerRole): string[] {
  const commands = {
    project: 'gcloud projects add-iam-policy-binding "$PROJECT" --condition None',
    bucket: 'gcloud storage buckets add-iam-policy-binding "gs://<bucket>"',
    secret: 'gcloud secrets add-iam-policy-binding "<secret>" --project "<its project>"',
  };
  return [`${commands[on]} \\`, `  --member "$DEPLOYER" --role ${role}`];
}

/** A role for each target and option. */
function customRoles(): string {
  const sections = [
    ["inferenceGatewayDeployer", "always", DEPLOYER_ROLES.filter(({ when }) => when === undefined)],
    ...options().map(({ when, roles }) => [customName(when), `with \`${when}\``, roles] as const),
  ] as [string, string, DeployerRole[]][];
  return [
    "## Custom roles",
    "",
    "A custom role has the permissions that are used and no others. Make one for each list below: save the list as a file,",
    "one permission a line; grant the role as above, as `projects/<project>/roles/<name>`.",
    "",
    "```sh",
    'gcloud iam roles create <name> --project "$PROJECT" --permissions "$(paste -sd, <file>)"',
    "```",
    ...sections.flatMap(([name, needed, roles]) => [
      "",
      `### ${name}`,
      "",
      `Needed ${needed}, on the ${roles[0]?.on}.`,
      "",
      "```",
      ...permissionsOf(roles),
      "```",
    ]),
    "",
    ...preflightOnly(),
  ].join("\n");
}

function preflightOnly(): string[] {
  const places = [...new Set(DEPLOYER_ROLES.map(({ on }) => on))];
  return [
    "### For `make preflight`",
    "",
    "The predefined roles have these too. Without one, `make preflight` says which question it did not ask. No role of this",
    "page lets the account read reservations: `roles/compute.viewer` does.",
    ...places.flatMap((place) => {
      const roles = DEPLOYER_ROLES.filter(({ on }) => on === place);
      const permissions = [...new Set(roles.flatMap(({ preflight = [] }) => preflight))].sort();
      return ["", `On the ${place}:`, "", "```", ...permissions, "```"];
    }),
    "",
  ];
}

function permissionsOf(roles: DeployerRole[]): string[] {
  return [...new Set(roles.flatMap(({ uses }) => uses))].sort();
}

function customName(when: string): string {
  const [key = ""] = when.split(".");
  return `inferenceGateway${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function row(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
