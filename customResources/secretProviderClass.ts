import type { ObjectMeta } from "./objectMeta";

/** Secrets that a CSI driver mounts as files. Installed where the cluster's Secret Manager add-on is on. */
export interface SecretProviderClass {
  apiVersion: "secrets-store.csi.x-k8s.io/v1";
  kind: "SecretProviderClass";
  metadata: ObjectMeta;
  spec: {
    /** "gke": the add-on. The open-source driver, installed by hand, is "gcp". */
    provider: "gke";
    /** `secrets`: a YAML list of `{ resourceName, path }`: a version of a secret, and the file that holds it. */
    parameters: { secrets: string };
  };
}
