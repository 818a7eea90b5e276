import { Failure, PropertyMap, revealed } from "../../plugin";

/** The provider's configuration, as far as it decides anything here. */
export interface Settings {
  /** Path of a file or its contents; the user's own kubeconfig where it is left out. */
  kubeconfig?: string;
  /** Override what the kubeconfig selects. */
  context?: string;
  cluster?: string;
  /** Namespace of objects that name none. Default: the context's, then `default`. */
  namespace?: string;
  /** Objects of a cluster out of reach leave the state on delete and refresh. */
  deleteUnreachable: boolean;
  /** Objects of a cluster out of reach stay as they were. */
  skipUpdateUnreachable: boolean;
  /** Take over fields of other field managers on every update. */
  enablePatchForce: boolean;
  /** Create by server-side apply, adopting an object that exists. */
  upsertExistingObjects: boolean;
  /** Change the data of ConfigMaps and Secrets in place. */
  enableConfigMapMutable: boolean;
  enableSecretMutable: boolean;
  /** Wait for objects of every kind, by the conditions that controllers usually keep. */
  awaitAll: boolean;
}

/** @param env of the process: a boolean that the configuration leaves out may come from there */
export function parseSettings(config: PropertyMap, env: NodeJS.ProcessEnv): Settings {
  const inputs = revealed(config);
  const text = (key: string) => {
    const value = inputs[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  // Booleans travel as JSON text. An explicit false beats the environment.
  const flag = (key: string, variable: string) =>
    (inputs[key] === undefined ? env[variable] : String(inputs[key])) === "true";
  return {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    cluster: text("cluster"),
    namespace: text("namespace"),
    deleteUnreachable: flag("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
    skipUpdateUnreachable: flag("skipUpdateUnreachable", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"),
    enablePatchForce: flag("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
    upsertExistingObjects: flag("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
    enableConfigMapMutable: flag("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
    enableSecretMutable: flag("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
    awaitAll: env.PULUMI_K8S_AWAIT_ALL === "true",
  };
}

/** Settings that would change what happens and are not rehearsed: refused rather than passed over. */
export function unsupportedSettings(config: PropertyMap, env: NodeJS.ProcessEnv): Failure[] {
  const failures: Failure[] = [];
  if (config.renderYamlToDirectory !== undefined) {
    failures.push({
      property: "renderYamlToDirectory",
      reason: "renderYamlToDirectory: not rehearsed; objects go to an API server",
    });
  }
  const apply = config.enableServerSideApply ?? env.PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY ?? "true";
  if (String(apply) !== "true") {
    failures.push({
      property: "enableServerSideApply",
      reason: "enableServerSideApply: only true is rehearsed; client-side apply is left out",
    });
  }
  return failures;
}
