import { permissionFor } from "../../../../emulator/gke/access/permissions";

test.each([
  ["apps", "deployments", "create", undefined, "container.deployments.create"],
  ["", "secrets", "get", undefined, "container.secrets.get"],
  ["", "pods", "watch", undefined, "container.pods.list"],
  [
    "rbac.authorization.k8s.io",
    "clusterroles",
    "escalate",
    undefined,
    "container.clusterRoles.escalate",
  ],
  ["apps", "deployments", "patch", "scale", "container.deployments.updateScale"],
  ["apps", "deployments", "get", "status", "container.deployments.getStatus"],
  [
    "inference.networking.k8s.io",
    "inferencepools",
    "patch",
    undefined,
    "container.thirdPartyObjects.update",
  ],
  // A kind of a CRD that is called like one of Kubernetes' own.
  [
    "example.com",
    "deployments",
    "deletecollection",
    undefined,
    "container.thirdPartyObjects.delete",
  ],
])("%s/%s %s %s takes %s", (group, resource, verb, subresource, permission) => {
  expect(permissionFor({ group, resource, verb, subresource })).toBe(permission);
});
