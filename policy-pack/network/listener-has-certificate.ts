import { on, security, stackPolicy } from "../frame";

import { Certificates } from "./certificates";
import { gkeGatewaysOf } from "./gkeGateways";

export const listenerHasCertificate = stackPolicy({
  name: "listener-has-certificate",
  description: "An HTTPS listener of a GKE Gateway has a certificate where GKE looks for one.",
  severity: "critical",
  framework: security,
  remediationSteps:
    'Name in tls.certificateRefs a Secret of group "" with tls.crt and tls.key, or in tls.options ' +
    "certificates of Google Cloud. Without one the Gateway is never programmed.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway",
  settings: {},

  *judge(stack) {
    const certificates = new Certificates(stack);
    for (const classed of gkeGatewaysOf(stack).gateways) {
      for (const finding of certificates.findings(classed)) {
        yield on(classed.gateway, finding);
      }
    }
  },
});
