import { projectNumber } from "../../../emulator/cloud/numericIds";
import { PROJECT, SECRETS, TestCloud } from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["secretmanager"]);
});
afterEach(() => cloud.stop());

const NAME = `projects/${PROJECT}/secrets/hf`;
const NUMBERED = `projects/${projectNumber(PROJECT)}/secrets/hf`;
const make = (body: object = { replication: { automatic: {} } }, id = "hf") =>
  cloud.run("POST", `${SECRETS}?secretId=${id}`, body);
const addVersion = () =>
  cloud.run("POST", `${SECRETS}/hf:addVersion`, { payload: { data: "aGZfc2VjcmV0" } });
const grant = (role: string) =>
  cloud.run("POST", `${SECRETS}/hf:setIamPolicy`, {
    policy: { bindings: [{ role, members: ["user:a@example.com"] }] },
  });

describe("secrets", () => {
  it("are made, shown by the project's number, and deleted", async () => {
    const secret = {
      name: NUMBERED,
      replication: { automatic: {} },
      createTime: expect.stringMatching(/^\d{4}-.*Z$/),
      etag: expect.stringMatching(/^"[0-9a-f]{14}"$/),
    };
    expect(await make()).toEqual(secret);
    expect(await cloud.run("GET", `${SECRETS}/hf`)).toEqual(secret);
    await cloud.run("DELETE", `${SECRETS}/hf`);
    await expect(cloud.run("GET", `${SECRETS}/hf`)).rejects.toThrow(
      `404 Secret [${NUMBERED}] not found.`,
    );
  });

  it("need their API", async () => {
    const bare = await TestCloud.start([]);
    await expect(bare.run("GET", `${SECRETS}/hf`)).rejects.toThrow(
      `403 Secret Manager API has not been used in project ${PROJECT} before or it is disabled.`,
    );
    await bare.stop();
  });

  it("are there once", async () => {
    await make();
    await expect(make()).rejects.toThrow(`409 Secret [${NUMBERED}] already exists.`);
  });

  it("need a name and a replication", async () => {
    await expect(make(undefined, "h.f")).rejects.toThrow(
      "400 The provided Secret ID [h.f] does not match ^[A-Za-z0-9_-]{1,255}$",
    );
    await expect(make({})).rejects.toThrow("400 The Secret.replication is required.");
  });

  it("are listed, the newest first", async () => {
    expect(await cloud.run("GET", SECRETS)).toEqual({});
    await make();
    await make(undefined, "other");
    const page = await cloud.run("GET", `${SECRETS}?pageSize=1`);
    const other = NUMBERED.replace("hf", "other");
    expect(page).toMatchObject({ secrets: [{ name: other }], totalSize: 2 });
    const rest = await cloud.run("GET", `${SECRETS}?pageToken=${String(page.nextPageToken)}`);
    expect(rest).toMatchObject({ secrets: [{ name: NUMBERED }] });
  });

  it("change as a mask says", async () => {
    await make();
    const patch = (mask: string, body: object) =>
      cloud.run("PATCH", `${SECRETS}/hf?updateMask=${mask}`, body);
    const labelled = await patch("labels", { labels: { team: "a" }, annotations: { a: "b" } });
    expect(labelled).toMatchObject({ name: NUMBERED, labels: { team: "a" } });
    expect(labelled).not.toHaveProperty("annotations");
    await expect(patch("replication", { replication: { automatic: {} } })).rejects.toThrow(
      "400 The Secret.replication is immutable.",
    );
  });

  it("change and go as whoever says its etag has seen them", async () => {
    const { etag: old } = await make();
    const patch = (etag: unknown, team: string) =>
      cloud.run("PATCH", `${SECRETS}/hf?updateMask=labels`, { etag, labels: { team } });
    const { etag } = await patch(old, "a");
    await addVersion();
    const stale =
      `400 The provided etag ${String(old)} does not match the current etag ${String(etag)} of ` +
      `[${NUMBERED}].`;
    await expect(patch(old, "b")).rejects.toThrow(stale);
    const remove = (said: unknown) =>
      cloud.run("DELETE", `${SECRETS}/hf?etag=${encodeURIComponent(String(said))}`);
    await expect(remove(old)).rejects.toThrow(stale);
    await remove(etag);
  });

  it("are found by the project's number, too", async () => {
    await make();
    const byNumber = SECRETS.replace(PROJECT, projectNumber(PROJECT));
    expect(await cloud.run("GET", `${byNumber}/hf`)).toMatchObject({ name: NUMBERED });
  });

  it("take no version without data", async () => {
    await make();
    await expect(cloud.run("POST", `${SECRETS}/hf:addVersion`, {})).rejects.toThrow(
      "400 The SecretPayload.data is required.",
    );
  });

  it("count their versions, and keep nothing of what is in them", async () => {
    await make();
    expect(await addVersion()).toMatchObject({ name: `${NUMBERED}/versions/1`, state: "ENABLED" });
    expect(await addVersion()).toMatchObject({ name: `${NUMBERED}/versions/2` });
    await cloud.restart();
    expect(JSON.stringify(await cloud.run("GET", `${SECRETS}/hf`))).not.toContain("aGZfc2VjcmV0");
    expect(await addVersion()).toMatchObject({ name: `${NUMBERED}/versions/3` });
  });

  it("stay when a stack goes: they were there before", async () => {
    await make();
    expect(await cloud.run("GET", "/admin/resources")).toEqual([]);
  });
});

describe("versions of a secret", () => {
  const VERSIONS = `${SECRETS}/hf/versions`;
  const first = { name: `${NUMBERED}/versions/1`, state: "ENABLED" };
  const second = { name: `${NUMBERED}/versions/2`, state: "ENABLED" };
  beforeEach(async () => {
    await make();
    await addVersion();
    await addVersion();
  });

  it("are shown by number and as the latest, and listed, the newest first", async () => {
    expect(await cloud.run("GET", `${VERSIONS}/1`)).toMatchObject(first);
    expect(await cloud.run("GET", `${VERSIONS}/latest`)).toMatchObject(second);
    const page = await cloud.run("GET", `${VERSIONS}?pageSize=1`);
    expect(page).toMatchObject({ versions: [second], totalSize: 2 });
    const rest = `${VERSIONS}?pageToken=${String(page.nextPageToken)}`;
    expect(await cloud.run("GET", rest)).toEqual({
      versions: [expect.objectContaining(first)],
      totalSize: 2,
    });
    await expect(cloud.run("GET", `${VERSIONS}?filter=state:ENABLED`)).rejects.toThrow(
      "501 secretmanager.projects.secrets.versions.list: filter is not emulated.",
    );
    await expect(cloud.run("GET", `${VERSIONS}/3`)).rejects.toThrow(
      `404 Secret Version [${NUMBERED}/versions/3] not found.`,
    );
  });

  it("are disabled, enabled and destroyed", async () => {
    const change = (verb: string, etag = "") =>
      cloud.run("POST", `${VERSIONS}/2:${verb}`, { etag });
    const { etag } = await cloud.run("GET", `${VERSIONS}/2`);
    const seen = () => cloud.gke.view.hasSecretVersion(NAME, "latest");
    expect(await change("disable", String(etag))).toMatchObject({ ...second, state: "DISABLED" });
    expect(seen()).toBe(false);
    await expect(change("enable", String(etag))).rejects.toThrow(
      `400 The provided etag ${String(etag)} does not match the current etag `,
    );
    expect(await change("enable")).toMatchObject(second);
    expect(seen()).toBe(true);
    expect(await change("destroy")).toMatchObject({
      ...{ ...second, state: "DESTROYED" },
      destroyTime: expect.stringMatching(/Z$/),
    });
    expect(seen()).toBe(false);
    for (const verb of ["enable", "disable", "destroy"]) {
      await expect(change(verb)).rejects.toThrow(
        `400 Secret Version [${NUMBERED}/versions/2] is in DESTROYED state.`,
      );
    }
  });

  it("go with it, and take permissions on it", async () => {
    await cloud.run("DELETE", `${SECRETS}/hf`);
    await expect(cloud.run("GET", `${VERSIONS}/1`)).rejects.toThrow(
      `404 Secret [${NUMBERED}] not found.`,
    );
    await make();
    expect(await cloud.run("GET", VERSIONS)).toEqual({});
    await addVersion();
    const reader = `reader@${PROJECT}.iam.gserviceaccount.com`;
    const grants = [{ role: "roles/secretmanager.admin", resource: NAME }];
    const { json } = await cloud.call("PUT", `/admin/callers/${reader}`, { grants });
    const token = String(json.accessToken);
    expect(await cloud.callAs(token, "GET", `${VERSIONS}/1`)).toMatchObject({ status: 200 });
    await cloud.call("PUT", `/admin/callers/${reader}`, { grants: [] });
    expect(await cloud.callAs(token, "GET", `${VERSIONS}/1`)).toMatchObject({
      status: 403,
      json: { error: { message: expect.stringContaining(`'${NUMBERED}'`) } },
    });
  });
});

describe("grants on a secret", () => {
  it("are the secret's own", async () => {
    await make();
    await grant("roles/secretmanager.secretAccessor");
    expect(await cloud.run("GET", "/admin/resources")).toEqual([
      {
        service: "secretmanager.googleapis.com",
        type: "IamBinding",
        name: `${NAME} roles/secretmanager.secretAccessor user:a@example.com`,
      },
    ]);
  });

  it("are of roles for secrets only", async () => {
    await make();
    await expect(grant("roles/storage.objectUser")).rejects.toThrow(
      "400 Role roles/storage.objectUser is not supported for this resource.",
    );
  });

  it("go with the secret", async () => {
    await make();
    await grant("roles/secretmanager.secretAccessor");
    await cloud.run("DELETE", `${SECRETS}/hf`);
    await make();
    expect(await cloud.run("GET", `${SECRETS}/hf:getIamPolicy`)).toEqual({ etag: "ACAB" });
  });
});

describe("GKE sees", () => {
  it("versions, by number and as the latest, and that something has changed", async () => {
    const view = cloud.gke.view;
    const has = (...versions: string[]) => versions.map((v) => view.hasSecretVersion(NAME, v));
    const before = cloud.gke.cloudChanges;
    await make();
    expect(has("latest", "1", "0")).toEqual([false, false, false]);
    await addVersion();
    expect(has("latest", "1", "2", "0", "x")).toEqual([true, true, false, false, false]);
    expect(cloud.gke.cloudChanges).toBe(before + 1);
  });

  it("roles on the secret", async () => {
    const holds = (role: string) =>
      cloud.gke.view.holdsOnSecret(NAME, [role], ["user:a@example.com"]);
    await make();
    expect(holds("roles/secretmanager.secretAccessor")).toBe(false);
    await grant("roles/secretmanager.secretAccessor");
    expect(holds("roles/secretmanager.secretAccessor")).toBe(true);
    expect(holds("roles/secretmanager.admin")).toBe(false);
  });
});
