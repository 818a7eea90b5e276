import { modelServer, podOf, SECRET_MANAGER, TOKEN, vllmOf } from "../../support/modelServerMocks";
import { find, withoutSecrets } from "../../../rehearsal/stage/registrations";

const SECRET = "kubernetes:core/v1:Secret::gke-west-hf-token";
const PROVIDER_CLASS =
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass::gke-west-hf-token";

describe("the token", () => {
  test("from the configuration is in a Secret, marked, and nowhere else", async () => {
    const server = await modelServer();
    const { registrations, componentOutputs } = server;
    expect(find(server, SECRET).inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "hf-token", namespace: "inference" },
      stringData: { token: TOKEN },
    });
    const told = registrations.map(({ raw }) => withoutSecrets(raw));
    expect(JSON.stringify(told)).not.toContain(TOKEN);
    expect(componentOutputs).toEqual([{ podLabels: { app: "llama" }, port: 8000 }]);
    const tellers = registrations.filter(({ inputs }) => JSON.stringify(inputs).includes(TOKEN));
    expect(tellers.map(({ id }) => id)).toEqual([SECRET]);
  });

  test("that was not marked in the configuration is marked here", async () => {
    const { registrations } = await modelServer({ token: { kind: "value", token: TOKEN } });
    const told = registrations.flatMap(({ id, raw }) =>
      JSON.stringify(withoutSecrets(raw)).includes(TOKEN) ? [id] : [],
    );
    expect(told).toEqual([]);
  });

  test("from Secret Manager may be of another version than the newest", async () => {
    const token = { ...SECRET_MANAGER, version: "7" };
    const { inputs } = find(await modelServer({ token }), PROVIDER_CLASS);
    expect(inputs.spec).toMatchObject({
      parameters: {
        secrets: "- resourceName: projects/p/secrets/hf/versions/7\n  path: token\n",
      },
    });
  });

  test("from Secret Manager is a file of its newest version", async () => {
    const server = await modelServer({ token: SECRET_MANAGER });
    expect(find(server, PROVIDER_CLASS).inputs).toEqual({
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata: { name: "hf-token", namespace: "inference" },
      spec: {
        provider: "gke",
        parameters: {
          secrets: "- resourceName: projects/p/secrets/hf/versions/latest\n  path: token\n",
        },
      },
    });
    expect(vllmOf(server).env).toEqual([
      { name: "HF_TOKEN_PATH", value: "/var/run/secrets/hugging-face/token" },
      { name: "HF_HOME", value: "/weights" },
    ]);
    expect(vllmOf(server).volumeMounts).toContainEqual({
      name: "hf-token",
      mountPath: "/var/run/secrets/hugging-face",
      readOnly: true,
    });
    expect(podOf(server).spec.volumes).toContainEqual({
      name: "hf-token",
      csi: {
        driver: "secrets-store-gke.csi.k8s.io",
        readOnly: true,
        volumeAttributes: { secretProviderClass: "hf-token" },
      },
    });
    const kinds = server.registrations.map(({ id }) => id);
    expect(kinds.filter((id) => id.startsWith("kubernetes:core/v1:Secret::"))).toEqual([]);
  });
});
