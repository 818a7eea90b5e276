import { PROJECT } from "../project";
import { bucketOption, json, MISSING, ok, problem, type Row, SECRET, secretOption } from "./row";

const secretState = (state?: string) => ({
  "/versions/latest": state ? json({ name: "projects/1/secrets/s/versions/3", state }) : MISSING,
  [SECRET]: json({}),
});
const add = `gcloud secrets versions add hugging-face --project ${PROJECT} --data-file <file>`;

export const stored: Row[] = [
  ["no bucket is configured", "bucket", {}, []],
  [
    "the bucket is there",
    "bucket",
    { config: bucketOption },
    [ok("model-weights exists, in EUROPE-WEST3")],
  ],
  [
    "the bucket is not there",
    "bucket",
    { config: { weightsCache: { kind: "bucket", bucket: "no-weights" } } },
    [
      problem(
        "there is no bucket no-weights",
        `gcloud storage buckets create gs://no-weights --project ${PROJECT} --location europe-west3 --uniform-bucket-level-access`,
      ),
    ],
  ],
  [
    "a bucket that is not there has no permissions to ask for",
    "permissions",
    { config: { weightsCache: { kind: "bucket", bucket: "no-weights" } } },
    [ok("125 permissions on the project: 8 roles of docs/roles.md")],
  ],
  ["no secret is configured", "secret", {}, []],
  ["the secret is there", "secret", { config: secretOption }, [ok(`${SECRET} has version 1`)]],
  [
    "the secret is not there",
    "secret",
    { config: secretOption, answers: { [SECRET]: MISSING } },
    [
      problem(
        `there is no secret ${SECRET}`,
        `gcloud secrets create hugging-face --project ${PROJECT} --replication-policy automatic --data-file <file>`,
      ),
    ],
  ],
  [
    "the secret has no version",
    "secret",
    { config: secretOption, answers: secretState() },
    [problem(`${SECRET} has no version`, add)],
  ],
  [
    "the version that the stack names is not there",
    "secret",
    {
      config: { ...secretOption, huggingFaceSecret: `${SECRET}/versions/7` },
      answers: { "/versions/7": MISSING, [SECRET]: json({}) },
    },
    [problem(`${SECRET} has no version 7`, add)],
  ],
  [
    "its latest version is disabled",
    "secret",
    { config: secretOption, answers: secretState("DISABLED") },
    [
      problem(
        `version 3 of ${SECRET} is DISABLED`,
        `gcloud secrets versions enable 3 --secret hugging-face --project ${PROJECT}`,
      ),
    ],
  ],
  [
    "its latest version is destroyed",
    "secret",
    { config: secretOption, answers: secretState("DESTROYED") },
    [problem(`version 3 of ${SECRET} is DESTROYED`, add)],
  ],
];
