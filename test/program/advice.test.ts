import { adviceOn } from "../../config/advice";
import { schema } from "../../config/schema";

function advice(...zones: string[]): string[] {
  const given = schema.parse({
    clusters: { "gke-west": { region: "europe-west3" }, "gke-east": { region: "us-east4" } },
    configCluster: "gke-west",
    accelerator: { machineType: "g2-standard-8", provisioning: "spot", zones },
  });
  return adviceOn(given);
}

test("nothing is advised on zones that are left to the catalog, or known to have the GPU", () => {
  expect(advice()).toEqual([]);
  expect(advice("europe-west3-b", "us-east4-c")).toEqual([]);
});

test("nothing is known of a region that no list has", () => {
  expect(advice("us-west2-a")).toEqual([]);
});

test("a zone that is not known to have the GPU is taken, and told with what asks Google", () => {
  expect(advice("europe-west3-a", "us-east4-b")).toEqual([
    "GPU pool gpu: us-east4-b is not known to have g2-standard-8 (2026-08-20: us-east4-a, us-east4-c). If the zone " +
      "lacks it, GKE refuses the pool after it has created the clusters. Ask Google: gcloud compute machine-types list " +
      "--zones=us-east4-b --filter=name=g2-standard-8",
  ]);
});
