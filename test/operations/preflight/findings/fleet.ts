import { CONTAINER, HUB, PROJECT } from "../project";
import { MADE } from "./made";
import { json, ok, problem, type Row } from "./row";

export const clusters: Row[] = [
  [
    "names are free",
    "clusters",
    {},
    [
      ok("gke-west in europe-west3: the name is free"),
      ok("gke-east in us-east4: the name is free"),
    ],
  ],
  [
    "one is taken",
    "clusters",
    { answers: { [`${CONTAINER}/us-east4/clusters/gke-east`]: json({ name: "gke-east" }) } },
    [
      ok("gke-west in europe-west3: the name is free"),
      problem(
        "gke-east in us-east4 exists, and this stack did not make it",
        "in Pulumi.dev.yaml: another name for gke-east under clusters",
      ),
    ],
  ],
  [
    "they are this stack's",
    "clusters",
    { resources: MADE },
    [ok("gke-west in europe-west3: this stack's"), ok("gke-east in us-east4: this stack's")],
  ],
];

const featureOf = (membership: string) => ({
  [`${HUB}/features/`]: json({
    spec: {
      multiclusteringress: {
        configMembership: `projects/123/locations/global/memberships/${membership}`,
      },
    },
  }),
});
const free = (name: string) => ok(`membership ${name}: the name is free`);

export const fleet: Row[] = [
  [
    "the fleet is free",
    "fleet",
    {},
    [ok("multiclusteringress is free"), free("gke-west"), free("gke-east")],
  ],
  [
    "it is this stack's",
    "fleet",
    { resources: MADE, answers: featureOf("gke-west") },
    [
      ok("multiclusteringress is this stack's"),
      ok("membership gke-west: this stack's"),
      ok("membership gke-east: this stack's"),
    ],
  ],
  [
    "somebody else has the feature",
    "fleet",
    { answers: featureOf("edge") },
    [
      problem(
        `The fleet of project ${PROJECT} already has the feature multiclusteringress with the config membership ` +
          "projects/123/locations/global/memberships/edge; allowed: one of this stack's (gke-west, gke-east). " +
          "This stack would move the feature and the Gateways that use it. If another team uses them, give this stack " +
          "another project (gcp:project): a fleet has one config cluster. If they are not in use, their owner disables " +
          `the feature: gcloud container fleet ingress disable --project ${PROJECT}. If this stack has just removed that ` +
          "cluster, keep it in `clusters` until another one is `configCluster`.",
        `gcloud container fleet ingress disable --project ${PROJECT}`,
      ),
      free("gke-west"),
      free("gke-east"),
    ],
  ],
  [
    "somebody else has a membership",
    "fleet",
    {
      answers: {
        [`${HUB}/memberships/gke-west`]: json({
          endpoint: {
            gkeCluster: {
              resourceLink: "//container.googleapis.com/projects/p/locations/l/clusters/c",
            },
          },
        }),
        [`${HUB}/memberships/gke-east`]: json({}),
      },
    },
    [
      ok("multiclusteringress is free"),
      problem(
        "membership gke-west exists, of projects/p/locations/l/clusters/c, and this stack did not make it",
        "in Pulumi.dev.yaml: another name for gke-west under clusters",
      ),
      problem(
        "membership gke-east exists, of a cluster outside of Google Cloud, and this stack did not make it",
        "in Pulumi.dev.yaml: another name for gke-east under clusters",
      ),
    ],
  ],
];
