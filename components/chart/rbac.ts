import { chartLabels, pickerName, type Release } from "./release";

const RBAC = "rbac.authorization.k8s.io";

/** Rules that the endpoint picker's service account is given, and the names of what carries them. */
interface Grant {
  name: string;
  /** Name of the binding. @default `name` */
  binding?: string;
  rules: {
    apiGroups?: string[];
    resources?: string[];
    nonResourceURLs?: string[];
    verbs: string[];
  }[];
}

export function pickerServiceAccount(release: Release) {
  return {
    metadata: {
      name: pickerName(release),
      namespace: release.namespace,
      labels: chartLabels(release),
    },
  };
}

/** In the pool's namespace: objectives and pools; pods; and, where replicas elect a leader, their lease. */
export function pickerGrants(release: Release): Grant[] {
  const read = ["get", "watch", "list"];
  const name = pickerName(release);
  const grants: Grant[] = [
    {
      name: `${name}-non-sa`,
      rules: [
        {
          apiGroups: ["inference.networking.x-k8s.io"],
          resources: ["inferenceobjectives", "inferencemodelrewrites"],
          verbs: read,
        },
        { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: read },
      ],
    },
    { name: `${name}-sa`, rules: [{ apiGroups: [""], resources: ["pods"], verbs: read }] },
  ];
  if (release.endpointPicker.replicas > 1) grants.push(leaderElection(name));
  return grants;
}

function leaderElection(name: string): Grant {
  return {
    name: `${name}-leader-election`,
    binding: `${name}-leader-election-binding`,
    rules: [
      {
        apiGroups: ["coordination.k8s.io"],
        resources: ["leases"],
        verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
      },
      { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
    ],
  };
}

/** Cluster-wide: the picker checks the tokens of those who ask for its metrics. */
export function pickerClusterGrant(release: Release): Grant {
  return {
    name: `${release.name}-${release.namespace}-epp`,
    rules: [
      { apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"], verbs: ["create"] },
      {
        apiGroups: ["authorization.k8s.io"],
        resources: ["subjectaccessreviews"],
        verbs: ["create"],
      },
      { nonResourceURLs: ["/metrics"], verbs: ["get"] },
    ],
  };
}

export function role(release: Release, grant: Grant) {
  return {
    metadata: { name: grant.name, namespace: release.namespace, labels: chartLabels(release) },
    rules: grant.rules,
  };
}

export function roleBinding(release: Release, grant: Grant) {
  return {
    metadata: { name: grant.binding ?? grant.name, namespace: release.namespace },
    subjects: [{ kind: "ServiceAccount", name: pickerName(release), namespace: release.namespace }],
    roleRef: { apiGroup: RBAC, kind: "Role", name: grant.name },
  };
}

export function clusterRole(release: Release, grant: Grant) {
  return { metadata: { name: grant.name, labels: chartLabels(release) }, rules: grant.rules };
}

export function clusterRoleBinding(release: Release, grant: Grant) {
  return {
    metadata: { name: grant.name },
    subjects: [{ kind: "ServiceAccount", name: pickerName(release), namespace: release.namespace }],
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: grant.name },
  };
}
