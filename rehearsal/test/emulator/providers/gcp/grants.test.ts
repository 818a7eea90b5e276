import type { PropertyMap } from "../../../../emulator/providers/plugin";
import { PROJECT } from "../../cloud/support/testCloud";
import { Sent } from "./support/recorder";
import { refusal, Reply, ScriptedStandIn } from "./support/script";

const ACCOUNT = `projects/${PROJECT}/serviceAccounts/a@${PROJECT}.iam.gserviceaccount.com`;
const SECRET = `projects/${PROJECT}/secrets/s`;
const POLICY_OF_PROJECT = `/v1/projects/${PROJECT}`;

/** Each type of grant: what it is on, the calls that read and write the policy, and how the policy is wrapped. */
const WIRES: [string, PropertyMap, Sent, string, (policy: object) => object][] = [
  [
    "gcp:projects/iAMMember:IAMMember",
    { project: PROJECT },
    [
      `POST https://cloudresourcemanager.googleapis.com${POLICY_OF_PROJECT}:getIamPolicy?alt=json&prettyPrint=false`,
      { options: { requestedPolicyVersion: 3 } },
    ],
    `POST https://cloudresourcemanager.googleapis.com${POLICY_OF_PROJECT}:setIamPolicy?alt=json&prettyPrint=false`,
    (policy) => ({ policy, updateMask: "bindings,etag,auditConfigs" }),
  ],
  [
    "gcp:serviceaccount/iAMMember:IAMMember",
    { serviceAccountId: ACCOUNT },
    [
      `POST https://iam.googleapis.com/v1/${ACCOUNT}:getIamPolicy?alt=json&options.requestedPolicyVersion=3&prettyPrint=false`,
    ],
    `POST https://iam.googleapis.com/v1/${ACCOUNT}:setIamPolicy?alt=json&prettyPrint=false`,
    (policy) => ({ policy }),
  ],
  [
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    { bucket: "weights" },
    [
      "GET https://storage.googleapis.com/storage/v1/b/weights/iam?alt=json&optionsRequestedPolicyVersion=3",
    ],
    "PUT https://storage.googleapis.com/storage/v1/b/weights/iam?alt=json",
    (policy) => policy,
  ],
  [
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    { secretId: "s" },
    [
      `GET https://secretmanager.googleapis.com/v1/${SECRET}:getIamPolicy?alt=json&options.requestedPolicyVersion=3`,
    ],
    `POST https://secretmanager.googleapis.com/v1/${SECRET}:setIamPolicy?alt=json`,
    (policy) => ({ policy }),
  ],
];

const auditConfigs = [{ service: "allServices", auditLogConfigs: [{ logType: "DATA_READ" }] }];
const condition = { title: "t", description: "d", expression: "true" };
const USER = "user:New@Example.com";

let standIn: ScriptedStandIn;
afterEach(() => standIn.close());

/** By verb and path, as the script has it. */
const short = (call: string) => call.replace(/https:\/\/[^/]+/, "").replace(/\?.*/, "");

async function before(read: Sent, written: string, policies: Reply[], set: Reply[] = []) {
  const answers = set.length > 0 ? set : [{ json: {} }];
  standIn = new ScriptedStandIn({ [short(read[0])]: policies, [short(written)]: answers });
  await standIn.configure();
}

describe.each(WIRES)("%s", (type, target, read, written, wrapped) => {
  test("is laid into the policy, in order and once for each role and condition", async () => {
    const found = {
      kind: "a kind",
      resourceId: "an id",
      version: 1,
      etag: "E1",
      auditConfigs,
      bindings: [
        { role: "roles/z", members: ["user:B@example.com", "allUsers"] },
        { role: "roles/a", members: ["principalSet://Pool", "serviceAccount:A@x"] },
        { role: "roles/z", members: ["user:b@example.com"] },
        { role: "roles/a", members: ["user:c@d.e"], condition: { ...condition, location: "here" } },
      ],
    };
    const bindings = [
      {
        role: "roles/a",
        members: ["principalSet://Pool", "serviceAccount:a@x", "user:new@example.com"],
      },
      { role: "roles/a", members: ["user:c@d.e"], condition },
      { role: "roles/z", members: ["allUsers", "user:b@example.com"] },
    ];
    const after = { json: { etag: "E2", bindings } };
    await before(read, written, [{ json: found }, after]);
    await standIn.create(type, "x", { ...target, role: "roles/a", member: USER });
    expect(standIn.taken()).toEqual([
      read,
      [written, wrapped({ etag: "E1", version: 3, auditConfigs, bindings })],
      read,
    ]);
  });

  test("is taken out of the policy, whose other members stay as they are", async () => {
    const bindings = [{ role: "roles/a", members: ["user:New@example.com", "user:Z@b.c"] }];
    await before(read, written, [{ json: { etag: "E1", version: 2, auditConfigs, bindings } }]);
    const outputs = { ...target, role: "roles/a", member: USER };
    await standIn.delete({ type, name: "x", id: "x", inputs: {}, outputs });
    expect(standIn.taken()).toEqual([
      read,
      [
        written,
        wrapped({
          etag: "E1",
          version: 2,
          auditConfigs,
          bindings: [{ role: "roles/a", members: ["user:Z@b.c"] }],
        }),
      ],
    ]);
  });

  test("that was the last leaves nothing that could be told", async () => {
    const bindings = [{ role: "roles/a", members: ["user:new@example.com"] }];
    await before(read, written, [{ json: { etag: "E1", version: 1, bindings } }]);
    const made = await standIn.create(type, "x", { ...target, role: "roles/a", member: USER });
    standIn.taken();
    await standIn.delete(made);
    const rest = type.includes("bucket") ? { version: 1 } : { etag: "E1", version: 1 };
    expect(standIn.taken()[1]).toEqual([written, wrapped(rest)]);
  });

  test("is laid into the policy again where somebody else was faster", async () => {
    const bindings = [{ role: "roles/a", members: ["user:new@example.com"] }];
    const policies = ["E1", "E2"].map((etag) => ({ json: { etag } }));
    await before(
      read,
      written,
      [...policies, { json: { etag: "E3", bindings } }],
      [refusal(412, "outdated", "conditionNotMet"), { json: {} }],
    );
    await standIn.create(type, "x", { ...target, role: "roles/a", member: USER });
    expect(standIn.taken()).toEqual([
      read,
      [written, wrapped({ etag: "E1", version: 3, bindings })],
      read,
      [written, wrapped({ etag: "E2", version: 3, bindings })],
      read,
    ]);
  });
});
