import type { Break } from "./break";

export const noAuthoritativeIam: Break = {
  policy: "no-authoritative-iam",
  at: { type: "gcp:projects/iAMMember:IAMMember", name: "nodes-monitoring.viewer" },
  change: {
    duplicate: "viewers",
    as: "gcp:projects/iAMBinding:IAMBinding",
    set: { member: undefined, members: ["group:operators@example.com"] },
  },
  says: [
    {
      resource: "viewers",
      message:
        "members: takes roles/monitoring.viewer from everybody it does not list; give each member its role with a " +
        "IAMMember",
    },
  ],
};
