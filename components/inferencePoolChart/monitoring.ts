import { metricsReader } from "../../checks/objectNames";
import type { PodMonitoring } from "../../customResources/podMonitoring";

import { chartLabels, pickerSelector, type Release } from "./release";

const RBAC = "rbac.authorization.k8s.io";
/** The namespace of managed Prometheus and the account of its collectors, on a cluster that is not Autopilot. */
const COLLECTOR = { kind: "ServiceAccount", name: "collector", namespace: "gmp-system" };

function names({ name, namespace }: Release) {
  return {
    account: metricsReader({ name }),
    secret: `${name}-metrics-reader-secret`,
    secretRead: `${name}-metrics-reader-secret-read`,
    clusterRole: `${namespace}-${name}-metrics-reader`,
  };
}

/** The account whose token the collectors show to the endpoint picker. */
export function readerServiceAccount(release: Release) {
  return { metadata: { name: names(release).account, namespace: release.namespace } };
}

/** Filled in by the control plane. */
export function readerSecret(release: Release) {
  return {
    metadata: {
      name: names(release).secret,
      namespace: release.namespace,
      labels: chartLabels(release),
      annotations: { "kubernetes.io/service-account.name": names(release).account },
    },
    type: "kubernetes.io/service-account-token",
  };
}

export function readerClusterRole(release: Release) {
  return {
    metadata: { name: names(release).clusterRole },
    rules: [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }],
  };
}

export function readerClusterRoleBinding(release: Release) {
  const { account, clusterRole } = names(release);
  return {
    metadata: { name: `${clusterRole}-role-binding` },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: release.namespace }],
    roleRef: { kind: "ClusterRole", name: clusterRole, apiGroup: RBAC },
  };
}

export function secretReadRole(release: Release) {
  const { secretRead, secret } = names(release);
  return {
    metadata: { name: secretRead, namespace: release.namespace },
    rules: [
      {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: [secret],
        verbs: ["get", "list", "watch"],
      },
    ],
  };
}

export function secretReadRoleBinding(release: Release) {
  const { secretRead } = names(release);
  return {
    metadata: {
      name: `${COLLECTOR.namespace}:${COLLECTOR.name}:${release.namespace}-${secretRead}`,
      namespace: release.namespace,
    },
    subjects: [COLLECTOR],
    roleRef: { kind: "Role", name: secretRead, apiGroup: RBAC },
  };
}

export function pickerMonitoring(release: Release): PodMonitoring {
  return {
    apiVersion: "monitoring.googleapis.com/v1",
    kind: "PodMonitoring",
    metadata: { name: release.name, namespace: release.namespace, labels: chartLabels(release) },
    spec: {
      selector: { matchLabels: pickerSelector(release) },
      endpoints: [
        {
          port: "metrics",
          scheme: "http",
          interval: "10s",
          path: "/metrics",
          authorization: {
            type: "Bearer",
            credentials: { secret: { name: names(release).secret, key: "token" } },
          },
        },
      ],
    },
  };
}
