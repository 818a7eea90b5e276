import { KubeObject } from "../../kube/objects";
import { object, Schema } from "./schema";

/** A kind that GKE installs, in the terms in which its reference describes it. */
export interface Kind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  scope: "Namespaced" | "Cluster";
  /** Left out where only GKE writes objects of the kind. */
  spec?: Schema;
  status: Schema;
  columns?: { name: string; type: string; jsonPath: string }[];
}

/** The CustomResourceDefinition of a kind; its status is a subresource, as of every kind of GKE. */
export function customResourceDefinition(kind: Kind): KubeObject {
  const { group, version, plural, scope, spec, status } = kind;
  const age = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      labels: { "addonmanager.kubernetes.io/mode": "Reconcile" },
    },
    spec: {
      group,
      scope,
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural,
        singular: kind.kind.toLowerCase(),
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [...(kind.columns ?? []), age],
          schema: {
            openAPIV3Schema: object(
              { ...(spec && { spec }), status },
              { required: spec ? ["spec"] : [] },
            ),
          },
        },
      ],
    },
  };
}
