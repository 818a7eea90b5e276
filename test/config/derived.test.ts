import { unknownCluster } from "../../config/derived";

test("an unknown cluster is reported with the configured names", () => {
  expect(unknownCluster("gke-north", { "gke-west": {}, "gke-east": {} })).toEqual(
    new Error('unknown cluster "gke-north"; configured: gke-west, gke-east'),
  );
});
