/**
 * The exported pools of one namespace and name, as the config cluster sees them. Only GKE creates it, minutes after the
 * first export. So there is a reference to it, and no object.
 */
export interface GCPInferencePoolImportRef {
  group: "networking.gke.io";
  kind: "GCPInferencePoolImport";
  name: string;
}
