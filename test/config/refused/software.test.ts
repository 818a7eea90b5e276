import { type Case, EAST, linesOf, refusing, WEST } from "./support/refused";

const VERSION_FORM =
  "a minor from 1.34 on, such as 1.36; a full version of the form x.y.z-gke.n, such as 1.36.4-gke.1391002; or nothing for the channel's default";
const VERSION_FLOOR =
  "a minor from 1.34 on, such as 1.36; a full version from 1.34.1-gke.1127000 on; or nothing for the channel's default";

describe("the configuration of software and its maintenance", () => {
  test.each<Case>([
    [
      "an autoscaler on clusters that hand it no metric",
      { gkeVersion: "1.34", autoscaling: { maxReplicas: 2, targetUtilization: 60 } },
      'gkeVersion: got "1.34"; allowed: 1.35 or newer, or nothing, with `autoscaling`: older clusters hand the metrics of pods to load balancers only',
    ],
    [
      "a version of GKE without its build",
      { gkeVersion: "1.35.1" },
      `gkeVersion: got "1.35.1"; allowed: ${VERSION_FORM}`,
    ],
    [
      "a minor that YAML has cut short",
      { gkeVersion: 1.4 },
      `gkeVersion: got "1.4"; allowed: ${VERSION_FLOOR}; in quotes, as YAML reads 1.40 as 1.4`,
    ],
    [
      "a channel that there is none of",
      { releaseChannel: "STATIC" },
      'releaseChannel: got "STATIC"; allowed: one of RAPID, REGULAR, STABLE, EXTENDED',
    ],
    [
      "a vLLM whose gauge the endpoint picker does not read",
      { model: { vllmVersion: "v0.11.0" } },
      'model.vllmVersion: got "v0.11.0"; allowed: v0.11.1 or newer: the images of v0.9.0 to v0.11.0 do not find the GPU\'s driver on GKE',
    ],
    [
      "a vLLM of one cluster that does not find the GPU, beside another that is no release",
      {
        clusters: {
          "gke-west": { ...WEST, model: { vllmVersion: "v0.18.1+cu130" } },
          "gke-east": { ...EAST, model: { vllmVersion: "v0.11.0" } },
        },
      },
      [
        'clusters.gke-west.model.vllmVersion: got "v0.18.1+cu130"; allowed: a release of vLLM such as v0.18.1',
        'clusters.gke-east.model.vllmVersion: got "v0.11.0"; allowed: v0.11.1 or newer: the images of v0.9.0 to v0.11.0 do not find the GPU\'s driver on GKE',
      ],
    ],
    [
      "too little time for maintenance",
      { maintenanceWindow: { hours: 4 } },
      ["gke-west", "gke-east"].map((cluster) =>
        expect.stringMatching(
          new RegExp(
            `clusters\\.${cluster}\\.maintenanceDays: got \\["\\w+","\\w+"\\]; allowed: 3 days or more with a window of 4 hours: GKE demands 48 hours of maintenance in every 32 days, in windows of 4 or more$`,
          ),
        ),
      ),
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
