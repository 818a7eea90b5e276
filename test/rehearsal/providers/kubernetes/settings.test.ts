import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { loadKubeconfig } from "../../../../rehearsal/providers/kubernetes/config/kubeconfig";
import {
  parseSettings,
  unsupportedSettings,
} from "../../../../rehearsal/providers/kubernetes/config/settings";
import { Secret } from "../../../../rehearsal/providers/plugin";
import { Harness, SEED } from "./support/harness";

const KUBECONFIG = JSON.stringify({
  "current-context": "a",
  contexts: [
    { name: "a", context: { cluster: "one" } },
    { name: "b", context: { cluster: "lost" } },
  ],
  clusters: [{ name: "one", cluster: { server: "https://one" } }],
});

describe("settings", () => {
  it("reads booleans as JSON text, explicit ones before the environment", () => {
    const env = {
      PULUMI_K8S_DELETE_UNREACHABLE: "true",
      PULUMI_K8S_ENABLE_PATCH_FORCE: "true",
      PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "1",
      PULUMI_K8S_AWAIT_ALL: "true",
    };
    const config = { enablePatchForce: "false", enableSecretMutable: true, namespace: "" };
    expect(parseSettings({ ...config, kubeconfig: new Secret("{}") }, env)).toEqual({
      kubeconfig: "{}",
      context: undefined,
      cluster: undefined,
      namespace: undefined,
      deleteUnreachable: true,
      skipUpdateUnreachable: false,
      enablePatchForce: false,
      upsertExistingObjects: false,
      enableConfigMapMutable: false,
      enableSecretMutable: true,
      awaitAll: true,
    });
  });

  const yaml = {
    property: "renderYamlToDirectory",
    reason: "renderYamlToDirectory: not rehearsed; objects go to an API server",
  };
  const apply = {
    property: "enableServerSideApply",
    reason: "enableServerSideApply: only true is rehearsed; client-side apply is left out",
  };
  it.each([
    [{ renderYamlToDirectory: "out" }, {}, [yaml]],
    [{ enableServerSideApply: "false" }, {}, [apply]],
    [{}, { PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY: "false" }, [apply]],
    [{ enableServerSideApply: "true" }, { PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY: "false" }, []],
    [{ anything: "else" }, {}, []],
  ])("refuses what is not rehearsed: %p %p", (config, env, failures) => {
    expect(unsupportedSettings(config, env)).toEqual(failures);
  });

  it("are checked and compared by the provider", async () => {
    const { provider } = new Harness();
    const resource = { type: "pulumi:providers:kubernetes", urn: "urn", name: "k" };
    const newInputs = { renderYamlToDirectory: "out" };
    const request = { ...resource, newInputs, oldInputs: {}, randomSeed: SEED };
    expect(await provider.checkConfig(request)).toEqual({ inputs: newInputs, failures: [yaml] });
    const diff = { ...resource, id: "1", oldOutputs: {}, ignoreChanges: [] };
    const inputs = { oldInputs: {}, newInputs: { namespace: "n" } };
    expect(await provider.diffConfig({ ...diff, ...inputs })).toEqual({
      changes: [{ path: ["namespace"], kind: "add", replace: false }],
    });
  });
});

describe("the kubeconfig", () => {
  const load = (config: Record<string, string>) => loadKubeconfig(parseSettings(config, {}));

  it("is contents, or a file", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "kubeconfig-"));
    const file = path.join(directory, "config");
    fs.writeFileSync(file, KUBECONFIG);
    expect(load({ kubeconfig: KUBECONFIG }).getCurrentCluster()?.server).toBe("https://one");
    expect(load({ kubeconfig: file }).getCurrentCluster()?.server).toBe("https://one");
    fs.rmSync(directory, { recursive: true });
  });

  it.each([
    [{ context: "z" }, 'kubeconfig: no context "z"; there are "a", "b"'],
    [{ context: "b" }, 'kubeconfig: no cluster "lost", which context "b" selects'],
    [{ cluster: "x" }, 'kubeconfig: no cluster "x", which context "a" selects'],
    [{ kubeconfig: "{}" }, "kubeconfig: no context is selected"],
  ])("selects no cluster: %p", (config, message) => {
    expect(() => load({ kubeconfig: KUBECONFIG, ...config })).toThrow(new Error(message));
  });
});
