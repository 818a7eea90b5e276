import { chartLabels, pickerClusterName, pickerName, type Release } from "./release";

const RBAC = "rbac.authorization.k8s.io";

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

/** Rules that the endpoint picker's service account is given in the pool's namespace. */
interface Grant {
  /** Suffix of the endpoint picker's name in the names of role and binding. */
  suffix: string;
  /** Suffix of the role's name in the name of the binding. @default nothing */
  bindingSuffix?: string;
  rules: Rule[];
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

/** Grants in the pool's namespace: objectives and pools; pods; and, if replicas elect a leader, their lease. */
export function pickerGrants({ endpointPicker }: Release): Grant[] {
  return [readKinds, readPods, ...(endpointPicker.replicas > 1 ? [electLeader] : [])];
}

const READ = ["get", "watch", "list"];

const readKinds: Grant = {
  suffix: "-non-sa",
  rules: [
    {
      apiGroups: ["inference.networking.x-k8s.io"],
      resources: ["inferenceobjectives", "inferencemodelrewrites"],
      verbs: READ,
    },
    { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: READ },
  ],
};

const readPods: Grant = {
  suffix: "-sa",
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: READ }],
};

const electLeader: Grant = {
  suffix: "-leader-election",
  bindingSuffix: "-binding",
  rules: [
    {
      apiGroups: ["coordination.k8s.io"],
      resources: ["leases"],
      verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
    },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  ],
};

export function role(release: Release, { suffix, rules }: Grant) {
  const name = `${pickerName(release)}${suffix}`;
  return { metadata: { name, namespace: release.namespace, labels: chartLabels(release) }, rules };
}

export function roleBinding(release: Release, { suffix, bindingSuffix = "" }: Grant) {
  const name = `${pickerName(release)}${suffix}`;
  const account = { kind: "ServiceAccount", name: pickerName(release) };
  return {
    metadata: { name: `${name}${bindingSuffix}`, namespace: release.namespace },
    // The chart leaves the namespace out of the lease's binding; Kubernetes then takes the binding's own.
    subjects: [bindingSuffix ? account : { ...account, namespace: release.namespace }],
    roleRef: { apiGroup: RBAC, kind: "Role", name },
  };
}

/** Cluster-wide: the picker checks the tokens of those who ask for its metrics. */
export function pickerClusterRole(release: Release) {
  return {
    metadata: { name: pickerClusterName(release), labels: chartLabels(release) },
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

export function pickerClusterRoleBinding(release: Release) {
  const name = pickerClusterName(release);
  return {
    metadata: { name },
    subjects: [{ kind: "ServiceAccount", name: pickerName(release), namespace: release.namespace }],
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name },
  };
}
