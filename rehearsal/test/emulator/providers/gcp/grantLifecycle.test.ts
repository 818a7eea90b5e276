import { PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { StandIn } from "./support/standIn";

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start();
  standIn = await new StandIn(cloud).configure();
});
afterEach(() => cloud.stop());

describe("grants", () => {
  const type = "gcp:projects/iAMMember:IAMMember";
  const grant = (index: number, role = "roles/viewer") => ({
    project: PROJECT,
    role,
    member: `user:${index}@example.com`,
  });

  it("that are made at the same time, by two programs, all survive", async () => {
    const other = await new StandIn(cloud).configure();
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        (i % 2 ? standIn : other).create(type, `g${i}`, grant(i)),
      ),
    );
    const refreshed = await Promise.all(made.map((resource) => standIn.refresh(resource)));
    const etags = new Set(refreshed.map((resource) => resource?.outputs.etag));
    expect(etags.size).toBe(1);
    await Promise.all(made.slice(0, 6).map((resource) => standIn.delete(resource)));
    const left = (await cloud.run("GET", "/admin/resources")) as unknown as { name: string }[];
    expect(left.map(({ name }) => name)).toEqual(
      // As the provider writes them: in order of their letters.
      [10, 11, 6, 7, 8, 9].map((i) => `projects/${PROJECT} roles/viewer user:${i}@example.com`),
    );
  });

  it("to accounts that do not exist are refused with the whole story", async () => {
    const member = `serviceAccount:no@${PROJECT}.iam.gserviceaccount.com`;
    await expect(standIn.create(type, "x", { ...grant(1), member })).rejects.toThrow(
      `1 error occurred:\n\t* Request \`Create IAM Members roles/viewer ${member} for project ` +
        `"${PROJECT}"\` returned error: Error applying IAM policy for project "${PROJECT}": Error setting ` +
        "IAM policy for " +
        `project "${PROJECT}": googleapi: Error 400: Service account ` +
        `no@${PROJECT}.iam.gserviceaccount.com does ` +
        "not exist., badRequest\n\n",
    );
  });

  it("on a service account are its own", async () => {
    const account = await standIn.create("gcp:serviceaccount/account:Account", "a", {
      accountId: "gke-nodes",
    });
    const made = await standIn.create("gcp:serviceaccount/iAMMember:IAMMember", "x", {
      serviceAccountId: account.id,
      role: "roles/iam.serviceAccountUser",
      member: "user:a@example.com",
    });
    expect(made.id).toBe(`${account.id}/roles/iam.serviceAccountUser/user:a@example.com`);
    expect(await standIn.refresh(made)).toEqual(made);
    await standIn.delete(made);
    expect(await standIn.refresh(made)).toBeUndefined();
  });

  it("of one role under different conditions are different", async () => {
    const condition = { title: "t", expression: "true" };
    const plain = await standIn.create(type, "x", grant(1));
    const bound = await standIn.create(type, "y", { ...grant(1), condition });
    expect(bound.id).toBe(`${plain.id}/t//true`);
    await standIn.delete(plain);
    expect(await standIn.refresh(plain)).toBeUndefined();
    expect(await standIn.refresh(bound)).toMatchObject({ id: bound.id });
  });
});
