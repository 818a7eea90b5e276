import { edited } from "../alter";
import { type Site, SITE } from "../parts/site";
import { program } from "../program";
import type { WrongChange } from "./change";

const scopes = (...all: (readonly [region: string, percent: number])[]) =>
  edited(
    program(),
    /GCPBackendPolicy::/,
    "spec.default.scopes",
    all.map(([region, capacityScalerPercent]) => ({
      selector: { "gke.io/region": region },
      capacityScalerPercent,
    })),
  );

/** The site whose config cluster is called gke-west. */
const WESTERN: Site = {
  ...SITE,
  places: SITE.places.map((place, i) => (i === 0 ? { ...place, name: "gke-west" } : place)),
};

export const fleet: readonly WrongChange[] = [
  [
    "two memberships with one id",
    edited(program(), /Membership::ord/, "membershipId", "ams"),
    [
      [
        "fleet-registered-once",
        "ord",
        'membershipId: "ams" is the id of membership ams already; give each cluster\'s membership an id of its own',
      ],
    ],
  ],
  [
    "a cluster in another fleet",
    edited(program(), /Membership::ord/, "project", "acme-other"),
    [
      [
        "fleet-registered-once",
        "ord",
        "project: registers cluster ord with the fleet of acme-other, but the gateway's is that of acme-ml; register it in acme-ml",
      ],
    ],
  ],
  [
    "a config cluster with a slip in its name",
    edited(
      program({
        site: WESTERN,
      }),
      "ingress",
      "spec.multiclusteringress.configMembership",
      "projects/acme-ml/locations/global/memberships/gke-wst",
    ).map((e) => (e.name === "ingress" ? { ...e, propertyDependencies: {} } : e)),
    [
      [
        "cloud-reference-known",
        "ingress",
        'spec.multiclusteringress.configMembership: "projects/acme-ml/locations/global/memberships/gke-wst" names no membership of this stack; did you mean gke-west?',
      ],
    ],
  ],
  [
    "a misspelt region",
    scopes(["us-central-1", 0]),
    [
      [
        "backend-policy-combinations",
        "ams-gcpbackendpolicy-llama-balancing",
        'spec.default.scopes[0].selector["gke.io/region"]: "us-central-1" is not a region of Google Cloud; did you mean us-central1?',
      ],
    ],
  ],
  [
    "one region twice",
    scopes(["us-central1", 50], ["us-central1", 0]),
    [
      [
        "backend-policy-combinations",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.scopes[1].selector: picks what spec.default.scopes[0] picks, and GKE applies only the first scope that fits; merge the two scopes into one",
      ],
    ],
  ],
  [
    "two providers with one identifier",
    edited(
      program(),
      /providers:kubernetes::ord/,
      "clusterIdentifier",
      "gke_acme-ml_europe-west4_ams",
    ),
    [
      [
        "provider-of-one-cluster",
        "ord",
        'clusterIdentifier: "gke_acme-ml_europe-west4_ams" names cluster ams, but the kubeconfig is of ord; write the name of ord',
      ],
    ],
  ],
  [
    "two providers with one kubeconfig",
    program().map((e) =>
      e.type.startsWith("pulumi:") && e.name === "ord"
        ? { ...e, propertyDependencies: { kubeconfig: ["gcp:container/cluster:Cluster::ams"] } }
        : e,
    ),
    [
      [
        "provider-of-one-cluster",
        "ord",
        "kubeconfig: is of cluster ams, but clusterIdentifier names ord; set it to the kubeconfig of ord",
      ],
    ],
  ],
];
