import { edited } from "../alter";
import { program } from "../program";
import type { WrongChange } from "./change";

export const grants: readonly WrongChange[] = [
  [
    "a role of nodes in another project",
    edited(program(), "writes-metrics", "project", "acme-other"),
    [
      [
        "node-identity-writes-metrics",
        "gpu-nodes",
        "accountId: nodes of ams and ord run as this account, which has no roles/autoscaling.metricsWriter, so the load balancer gets no metric to balance on; give it to this account with an IAM member of the project",
      ],
    ],
  ],
  [
    "a role of nodes that is over",
    edited(program(), "writes-metrics", "condition", {
      title: "t",
      expression: 'request.time < timestamp("2020-01-01T00:00:00Z")',
    }),
    [
      [
        "node-identity-writes-metrics",
        "gpu-nodes",
        "accountId: nodes of ams and ord run as this account, which has no roles/autoscaling.metricsWriter, so the load balancer gets no metric to balance on; give it to this account with an IAM member of the project",
      ],
    ],
  ],
  [
    "the role of the controller in another project",
    edited(program(), "controller-role", "project", "acme-other"),
    [
      [
        "gateway-controller-role",
        "ingress",
        "name: nothing gives roles/container.admin to its service agent, service-<project number>@gcp-sa-multiclusteringress.iam.gserviceaccount.com, so no gateway is ever programmed; grant it with an IAM member to the gcp.projects.ServiceIdentity of multiclusteringress.googleapis.com",
      ],
    ],
  ],
  [
    "an API of another project",
    edited(program(), "trafficdirector", "project", "acme-other"),
    [
      [
        "required-apis",
        "ingress",
        'name: "multiclusteringress" needs APIs that this stack does not enable: trafficdirector.googleapis.com; add a gcp.projects.Service for each',
      ],
    ],
  ],
];
