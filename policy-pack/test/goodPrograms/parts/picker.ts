import type { Registered } from "../../support/policies";

import { object, type Place, type Site } from "./site";

const EPP = "registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0";
const LLM_D = "ghcr.io/llm-d/llm-d-inference-scheduler:v0.5.0";

/** The endpoint picker of a pool, with its rights and its Service. */
export function picker(site: Site, { name: cluster }: Place, maker = "epp"): Registered[] {
  const { namespace, pool, picker: name } = site;
  const own = { name, namespace };
  const rbac = "rbac.authorization.k8s.io";
  const probe = (service: string) => ({ grpc: { port: 9003, service } });
  return [
    object(cluster, "core/v1:ServiceAccount", own),
    object(cluster, `${rbac}/v1:Role`, own, {
      rules: [
        { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
        {
          apiGroups: ["inference.networking.k8s.io"],
          resources: ["inferencepools"],
          verbs: ["get", "list", "watch"],
        },
        {
          apiGroups: ["inference.networking.x-k8s.io", "llm-d.ai"],
          resources: ["inferenceobjectives"],
          verbs: ["get", "list", "watch"],
        },
      ],
    }),
    object(cluster, `${rbac}/v1:RoleBinding`, own, {
      roleRef: { apiGroup: rbac, kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    }),
    object(cluster, "core/v1:Service", own, {
      spec: { selector: { app: name }, ports: [{ name: "grpc", port: 9002, targetPort: 9002 }] },
    }),
    object(cluster, "apps/v1:Deployment", own, {
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            serviceAccountName: name,
            containers: [
              {
                name: "picker",
                image: maker === "llm-d" ? LLM_D : EPP,
                args: ["--pool-name", pool, "--pool-namespace", namespace],
                ports: [{ containerPort: 9002 }, { containerPort: 9003 }],
                resources: { requests: { cpu: "2", memory: "4Gi" } },
                readinessProbe: probe("inference-extension"),
                livenessProbe: probe("inference-extension"),
                securityContext: {
                  allowPrivilegeEscalation: false,
                  runAsNonRoot: true,
                  capabilities: { drop: ["ALL"] },
                  seccompProfile: { type: "RuntimeDefault" },
                },
              },
            ],
          },
        },
      },
    }),
    object(
      cluster,
      "inference.networking.x-k8s.io/v1alpha2:InferenceObjective",
      { name: "chat", namespace },
      { spec: { poolRef: { name: pool }, priority: 0 } },
    ),
  ];
}
