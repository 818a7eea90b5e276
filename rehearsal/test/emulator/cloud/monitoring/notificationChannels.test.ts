import { TestCloud } from "../support/testCloud";
import { CHANNELS, makeChannel, makePolicy, V3 } from "./support/alerts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["monitoring"]);
});
afterEach(() => cloud.stop());

describe("a notification channel", () => {
  it("is made, listed and deleted", async () => {
    const name = await makeChannel(cloud);
    const listed = await cloud.run("GET", CHANNELS);
    expect(listed).toMatchObject({ notificationChannels: [{ name, enabled: true }], totalSize: 1 });
    expect(await cloud.run("GET", `${V3}/${name}`)).toMatchObject({ name, type: "email" });
    await cloud.run("DELETE", `${V3}/${name}`);
    expect(await cloud.run("GET", CHANNELS)).toEqual({});
    await expect(cloud.run("DELETE", `${V3}/${name}`)).rejects.toThrow(
      "404 Requested entity was not found.",
    );
  });

  it("stays as long as a policy names it, unless it is forced away", async () => {
    const name = await makeChannel(cloud);
    const made = await makePolicy(cloud, { notificationChannels: [name] });
    await expect(cloud.run("DELETE", `${V3}/${name}`)).rejects.toThrow(
      `400 Could not delete "${name}" because it is still being referenced by: "${String(made.name)}"`,
    );
    await cloud.run("DELETE", `${V3}/${name}?force=true`);
    const left = await cloud.run("GET", `${V3}/${String(made.name)}`);
    expect(left).not.toHaveProperty("notificationChannels");
  });

  it("was there before a stack, and stays when it goes", async () => {
    await makeChannel(cloud);
    expect(await cloud.run("GET", "/admin/resources")).toEqual([]);
  });
});
