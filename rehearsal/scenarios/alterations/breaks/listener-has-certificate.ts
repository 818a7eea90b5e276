import type { Break } from "./break";

const at = {
  type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
  name: "cross-region-gateway",
};
const LISTENER = { name: "https", protocol: "HTTPS", port: 443 };

export const listenerHasCertificate: Break = {
  policy: "listener-has-certificate",
  at,
  change: { set: "spec.listeners", to: [LISTENER] },
  says: [
    {
      resource: at.name,
      message:
        "spec.listeners[0].tls: names no certificate, and HTTPS needs one; set certificateRefs, or " +
        'options["networking.gke.io/cert-manager-certs"]',
    },
  ],
};

/** As cert-manager's guide writes it for other gateways, and the Secret of the token. */
export const certificateOfCore: Break = {
  policy: "listener-has-certificate",
  at,
  change: {
    set: "spec.listeners",
    to: [
      {
        ...LISTENER,
        tls: { certificateRefs: [{ group: "core", kind: "Secret", name: "hf-token" }] },
      },
    ],
  },
  says: [
    {
      resource: at.name,
      message:
        'spec.listeners[0].tls.certificateRefs[0].group: "core" is not the group of a Secret; write "", or leave it out',
    },
    {
      resource: at.name,
      message:
        'spec.listeners[0].tls.certificateRefs[0].name: Secret "hf-token" has no tls.crt and no tls.key; name one with ' +
        "a certificate",
    },
  ],
};
