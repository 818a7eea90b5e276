import { PROJECT } from "../project";
import { grant } from "./permissions";
import { json, ok, problem, refusal, type Row, unknown } from "./row";

const channel = (name: string, defaultVersion: string, ...validVersions: string[]) => ({
  "/serverConfig": json({ channels: [{ channel: name, defaultVersion, validVersions }] }),
});
const both = (finding: (region: string) => unknown) => ["europe-west3", "us-east4"].map(finding);

export const versions: Row[] = [
  [
    "a minor that the channel offers",
    "GKE version",
    { config: { gkeVersion: "1.35" } },
    both((region) => ok(`${region}: REGULAR offers 1.35.8-gke.1626001`)),
  ],
  [
    "a minor that the channel does not offer",
    "GKE version",
    { config: { gkeVersion: "1.37", releaseChannel: "STABLE" } },
    both((region) =>
      problem(
        `${region}: STABLE does not offer 1.37; it offers 1.35, 1.34`,
        "pulumi config set inference-gateway:gkeVersion 1.35 --stack dev",
      ),
    ),
  ],
  [
    "a build that has left the channel",
    "GKE version",
    { config: { gkeVersion: "1.34.1-gke.1127000" } },
    both((region) =>
      problem(
        `${region}: REGULAR does not offer 1.34.1-gke.1127000; it offers 1.34.11-gke.1209000, 1.34.11-gke.1102000`,
        "pulumi config set inference-gateway:gkeVersion 1.36 --stack dev",
      ),
    ),
  ],
  [
    "a channel whose default is older than the metrics need",
    "GKE version",
    { answers: channel("REGULAR", "1.34.9-gke.1", "1.34.9-gke.1", "1.36.2-gke.7") },
    both((region) =>
      problem(
        `${region}: REGULAR installs 1.34.9-gke.1; the stack needs 1.35.1-gke.1396000 or newer`,
        "pulumi config set inference-gateway:gkeVersion 1.36 --stack dev",
      ),
    ),
  ],
  [
    "a channel that offers nothing new enough",
    "GKE version",
    {
      config: { releaseChannel: "STABLE" },
      answers: channel("STABLE", "1.33.9-gke.1", "1.33.9-gke.1"),
    },
    both((region) =>
      problem(
        `${region}: STABLE installs 1.33.9-gke.1; the stack needs 1.35.1-gke.1396000 or newer`,
        "pulumi config set inference-gateway:releaseChannel RAPID --stack dev",
      ),
    ),
  ],
  [
    "a channel that Google does not name",
    "GKE version",
    { answers: channel("RAPID", "1.36.2-gke.7") },
    both((region) => unknown(`${region}: GKE names no version of channel REGULAR`)),
  ],
  [
    "a region in which it cannot be asked",
    "GKE version",
    {
      answers: {
        "us-east4/serverConfig": refusal(
          403,
          `Required "container.clusters.list" permission(s) for "projects/${PROJECT}".`,
        ),
      },
    },
    [
      ok("europe-west3: REGULAR installs 1.36.4-gke.1391002"),
      unknown(
        `not asked, because Google says: Required "container.clusters.list" permission(s) for "projects/${PROJECT}".`,
        grant("roles/container.admin"),
      ),
    ],
  ],
];
