import { projectNumber } from "../../../emulator/cloud/numericIds";
import { PROJECT } from "../cloud/support/testCloud";
import { ran, TIME } from "./support/ran";

const done = ran("storage", { apis: ["storage"] });

const bucket = {
  kind: "storage#bucket",
  id: "demo-models",
  name: "demo-models",
  selfLink: "https://www.googleapis.com/storage/v1/b/demo-models",
  projectNumber: projectNumber(PROJECT),
  location: "EUROPE-WEST4",
  storageClass: "STANDARD",
  iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
  metageneration: "1",
  timeCreated: TIME,
  updated: TIME,
  etag: expect.any(String),
};
const unmet = {
  code: 412,
  message: "At least one of the pre-conditions you specified did not hold.",
};

it("googleapis makes, reads, lists and changes buckets", () => {
  expect(done()).toMatchObject({ created: bucket, read: bucket });
  expect(done().listed).toEqual([["demo-models"], ["demo-others"]]);
  expect(done().changed).toEqual({ ...bucket, metageneration: "2", labels: { team: "a" } });
});

it("reads and changes them on conditions", () => {
  expect(done()).toMatchObject({ conflict: unmet, held: unmet, unchanged: 304 });
});

it("grants roles", () => {
  const bindings = [{ role: "roles/storage.objectViewer", members: ["user:a@example.com"] }];
  const of = { kind: "storage#policy", resourceId: "projects/_/buckets/demo-models" };
  const policy = { ...of, version: 1, etag: expect.any(String), bindings };
  expect(done().policies).toEqual({
    before: { ...of, etag: "ACAB" },
    written: policy,
    conflict: { code: 412, message: "Precondition Failed" },
    after: policy,
  });
});

it("is told why it is refused", () => {
  expect(done().there).toEqual({
    code: 409,
    message: expect.stringMatching(/^The requested bucket name is not available\. /),
  });
});

it("deletes buckets", () => {
  expect(done()).toMatchObject({
    deleted: 204,
    after: { code: 404, message: "The specified bucket does not exist." },
  });
});
