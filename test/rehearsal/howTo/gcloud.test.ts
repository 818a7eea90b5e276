import { Gcloud, Refusal } from "../../../rehearsal/howTo/gcloud";
import { NETWORKS, PROJECT, TestCloud } from "../cloud/support/testCloud";

describe("Gcloud", () => {
  let cloud: TestCloud;
  let gcloud: Gcloud;
  beforeEach(async () => {
    cloud = await TestCloud.start(["compute"]);
    gcloud = new Gcloud(cloud.url);
  });
  afterEach(() => cloud.stop());

  test("waits for an operation, and gives what was made", async () => {
    const network = await gcloud.run("POST", NETWORKS, { name: "vpc" });
    expect(network).toMatchObject({ name: "vpc", autoCreateSubnetworks: false });
    expect(await gcloud.run("GET", `${NETWORKS}/vpc`)).toMatchObject({ name: "vpc" });
  });

  test("with --async it gives the operation, to be waited for later", async () => {
    const operation = await gcloud.start("POST", NETWORKS, { name: "vpc" });
    expect(operation.name).toMatch(new RegExp(`^projects/${PROJECT}/operations/`));
    expect(await gcloud.finish(operation)).toMatchObject({ name: "vpc" });
  });

  test("a refusal has the API's code and words, and is not tried again", async () => {
    const clusters = `/container/v1/projects/${PROJECT}/locations/europe-west3/clusters`;
    const refusal = await gcloud.start("GET", clusters).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 403 });
    expect((refusal as Refusal).message).toMatch(
      new RegExp(`^Kubernetes Engine API has not been used in project ${PROJECT} before`),
    );
  });
});
