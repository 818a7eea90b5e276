import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";

import { accountName } from "../../../checks/objectNames";
import { BUCKET, modelServer, SECRET_MANAGER, SERVER } from "../../support/modelServerMocks";
import { UNKNOWN } from "../../../policy-pack/test/support/unknown";
import { find } from "../../../rehearsal/stage/registrations";

const ACCOUNT = "kubernetes:core/v1:ServiceAccount::gke-west-model-server";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget::gke-west";
const PROVIDER_CLASS =
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass::gke-west-hf-token";
const BUCKET_GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember::gke-west-weights-access";
const SECRET_GRANT = "gcp:secretmanager/secretIamMember:SecretIamMember::gke-west-token-access";

describe("the identity", () => {
  const over = { token: SECRET_MANAGER, weightsCache: BUCKET };
  const member = (cluster: string) =>
    `serviceAccount:demo.svc.id.goog[inference/model-server-${cluster}]`;

  test("may read one secret and use one bucket, and no more", async () => {
    const server = await modelServer(over);
    expect(find(server, ACCOUNT).inputs).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "model-server-gke-west", namespace: "inference" },
      automountServiceAccountToken: false,
    });
    expect(find(server, BUCKET_GRANT).inputs).toEqual({
      bucket: "weights",
      role: "roles/storage.objectUser",
      member: member("gke-west"),
    });
    expect(find(server, SECRET_GRANT).inputs).toEqual({
      secretId: "projects/p/secrets/hf",
      role: "roles/secretmanager.secretAccessor",
      member: member("gke-west"),
    });
  });

  test("its pods wait for the grants, the budget does not", async () => {
    const server = await modelServer(over);
    expect(find(server, SERVER).dependsOn).toEqual(
      [ACCOUNT, BUCKET_GRANT, PROVIDER_CLASS, SECRET_GRANT].sort(),
    );
    expect(find(server, BUDGET).dependsOn).toEqual([]);
  });

  test("is another in each cluster, so that the grants of one are not the other's", async () => {
    const { registrations } = await modelServer(over, { name: "gke-east" });
    const members = registrations.flatMap(({ inputs }) => inputs.member ?? []);
    expect(members).toEqual([member("gke-east"), member("gke-east")]);
  });

  test("in a first preview everything but the members is known", async () => {
    const workloadPool = pulumi.output<string>(pulumi.unknown as string);
    const { registrations } = await modelServer({ ...over, workloadPool }, { preview: true });
    const unknown = registrations.filter(({ inputs }) => JSON.stringify(inputs).includes(UNKNOWN));
    expect(unknown.map(({ id, inputs }) => [id, inputs.member])).toEqual([
      [BUCKET_GRANT, UNKNOWN],
      [SECRET_GRANT, UNKNOWN],
    ]);
    const known = unknown.map(({ inputs: { member: _, ...rest } }) => JSON.stringify(rest));
    expect(known.join()).not.toContain(UNKNOWN);
  });

  test("has a legal name for each legal name of a cluster", () => {
    const cluster = fc.stringMatching(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/);
    fc.assert(
      fc.property(cluster, cluster, (one, other) => {
        expect(accountName(one)).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
        expect(accountName(one) === accountName(other)).toBe(one === other);
      }),
    );
  });
});
