import { Gateway, Listener } from "../world/kinds";
import { ClusterState, keyOf } from "../world/world";

/** Where GKE looks for certificates that are not in a Secret. Source: "Secure a Gateway" of GKE's documentation, 2026-11. */
const OPTIONS = ["networking.gke.io/pre-shared-certs", "networking.gke.io/cert-manager-certs"];

/**
 * Why a listener has no certificate, in the controller's words as quoted in public: GWCER102 for a Secret that is not
 * there, GWCER105 for a group in cert-manager/cert-manager#6196, GWCER105 for an option and GWCER106 for no certificate
 * in users' notes. What it says of a Secret that holds none was not to be found: those words are of our own.
 *
 * A certificate map (the annotation `networking.gke.io/certmap`) is not looked at: load balancers in several regions
 * take certificates only ("Certificate Manager overview", 2026-09).
 */
export function certificateProblem(
  cluster: ClusterState,
  gateway: Gateway,
  { name, protocol, tls }: Listener,
): string | undefined {
  const invalid = (err: string) => `Error GWCER105: Listener "${name}" is invalid, err: ${err}`;
  const strange = Object.keys(tls?.options ?? {}).find((key) => !OPTIONS.includes(key));
  if (strange !== undefined) return invalid(`invalid TLS option key "${strange}"`);
  for (const ref of tls?.certificateRefs ?? []) {
    const { group = "", kind = "Secret" } = ref;
    if (group !== "" || kind !== "Secret") {
      return invalid(
        `You specified {Group: ${group}, Kind: ${kind}} in the certificate reference, ` +
          "{Group: , Kind: Secret} are the supported values.",
      );
    }
    const key = `${ref.namespace ?? gateway.metadata.namespace}/${ref.name}`;
    const secret = cluster.get("Secret", ref.namespace ?? gateway.metadata.namespace, ref.name);
    if (!secret) return `Error GWCER102: Secret ${key} not found.`;
    const missing = ["tls.crt", "tls.key"].filter((entry) => !(entry in (secret.data ?? {})));
    if (missing.length > 0) return invalid(`Secret ${key} has no ${missing.join(" and no ")}.`);
  }
  const certificates = [...(tls?.certificateRefs ?? []), ...Object.keys(tls?.options ?? {})];
  if (protocol !== "HTTPS" || certificates.length > 0) return undefined;
  const none = "no certificates specified for protocol HTTPS";
  return `Error GWCER106: Gateway "${keyOf(gateway)}" is invalid, err: ${none}`;
}
