import type { Explanation } from "../explanation";

const SERVICE = "kubernetes:core/v1:Service gke-east-epp";
const BINDINGS = "kubernetes:rbac.authorization.k8s.io/v1:*RoleBinding gke-east-*";

const COMPARED =
  "`make rehearse` compares the program's object with the chart's own, field for field (rehearsal/scenarios/chart)";

/** What the Helm chart would render: pool, endpoint picker, its rights and its monitoring. */
export const chart: Explanation[] = [
  {
    of: SERVICE,
    does: ["rename", "drop"],
    to: ["spec.ports[*].name", "spec.ports[*].protocol"],
    why: "nothing refers to a port by name, and TCP is the default",
  },
  {
    of: "kubernetes:core/v1:ConfigMap gke-east-epp",
    to: ['data["default-plugins.yaml"]'],
    why: "the file that the chart adds and this picker does not read",
  },
  {
    of: BINDINGS,
    does: ["drop"],
    to: ["roleRef.apiGroup", "subjects[0].namespace"],
    why: "the API server fills in the group; an account without a namespace is one of the binding's own",
  },
  ...["epp*", "pool", "metrics-reader", "kind"].map((object) => ({
    of: `kubernetes:* gke-east-${object}`,
    to: ["*"],
    why: COMPARED,
  })),
];
