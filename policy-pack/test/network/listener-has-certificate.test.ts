import { UNKNOWN } from "../support/unknown";
import { listenerHasCertificate } from "../../network/listener-has-certificate";
import { inCluster } from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import { edit, gateway, stack, swapped } from "../fixtures/routeAttached";
import { asGenerated } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const LISTENER = { name: "https", protocol: "HTTPS", port: 443 };
const AT = "spec.listeners[0].tls";
const FIX = 'set certificateRefs, or options["networking.gke.io/cert-manager-certs"]';
const NONE = `${AT}: names no certificate, and HTTPS needs one; ${FIX}`;

const passthrough =
  `${AT}.mode: "Passthrough" is not a mode for HTTPS, which the listener decrypts; write ` +
  `"Terminate", with a certificate, or TLS for the protocol`;

const findings = findingsOf(listenerHasCertificate);

function secure(tls?: unknown, changes: Parameters<typeof edit>[1] = []): Registered {
  const listener = tls === undefined ? LISTENER : { ...LISTENER, tls };
  return edit(gateway, [["spec.listeners", [listener]], ...changes]);
}

function secret(content: object): Registered {
  return inCluster(
    {
      type: "kubernetes:core/v1:Secret",
      name: "secret",
      inputs: {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "certificate", namespace: "llm" },
        ...content,
      },
    },
    "eu",
  );
}

const named = (ref: object = {}) => ({ certificateRefs: [{ name: "certificate", ...ref }] });
const ofClass = (name: string) => [["spec.gatewayClassName", name]] as const;
const MAP = ["metadata.annotations", { "networking.gke.io/certmap": "map" }] as const;
const WORLDWIDE = "gke-l7-global-external-managed";

test.each<[string, readonly Registered[]]>([
  ["a listener for HTTP", stack],
  ["a mode that decrypts", swapped(secure({ mode: "Terminate", ...named() }))],
  ["an empty mode, which stands for it", swapped(secure({ mode: "", ...named() }))],
  ["a Secret whose name is not known yet", swapped(secure(named({ name: UNKNOWN })))],
  ["a Secret that somebody else makes", swapped(secure(named({ group: "", kind: "Secret" })))],
  [
    "a Secret with a certificate",
    [...swapped(secure(named())), secret({ stringData: { "tls.crt": "c", "tls.key": "k" } })],
  ],
  ["a Secret that is not known yet", [...swapped(secure(named())), secret({ data: UNKNOWN })]],
  [
    "a Secret of that name in another namespace",
    [...swapped(secure(named({ namespace: "certificates" }))), secret({ data: { token: "" } })],
  ],
  [
    "a certificate of Certificate Manager",
    swapped(secure({ options: { "networking.gke.io/cert-manager-certs": "llm" } })),
  ],
  [
    "a certificate of Compute Engine",
    swapped(secure({ options: { "networking.gke.io/pre-shared-certs": "llm" } })),
  ],
  ["a certificate map, worldwide", swapped(secure(undefined, [...ofClass(WORLDWIDE), MAP]))],
  ["another implementation's Gateway", swapped(secure(undefined, ofClass("istio")))],
  ["malformed input", swapped(edit(gateway, [["spec.listeners", [null, 7, { tls: "yes" }]]]))],
  ["no spec", swapped(edit(gateway, [["spec"]]))],
  [
    "a patch that leaves the certificate alone",
    [...swapped(secure(named({ group: "" }))), patch(secure())],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

/** A patch, which holds only what it changes. */
function patch(resource: Registered): Registered {
  const changes = edit(resource, [["spec.gatewayClassName"]]);
  return { ...changes, type: `${resource.type}Patch`, name: "patch" };
}

test.each<[string, Registered, string]>([
  ["no tls", secure(), NONE],
  ["null for tls", secure(null), NONE],
  ["empty tls", secure({ mode: "Terminate", certificateRefs: [], options: {} }), NONE],
  [
    "an option that is empty",
    secure({ options: { "networking.gke.io/pre-shared-certs": "" } }),
    `${AT}.options["networking.gke.io/pre-shared-certs"]: "" names no certificate; write the name of one`,
  ],
  [
    "an option that lists nothing",
    secure({ options: { "networking.gke.io/cert-manager-certs": " , " } }),
    `${AT}.options["networking.gke.io/cert-manager-certs"]: " , " names no certificate; write the name of one`,
  ],
  [
    "a reference without a name",
    secure({ certificateRefs: [{}] }),
    `${AT}.certificateRefs[0].name: is not set, so it names no certificate; write the name of a Secret`,
  ],
  [
    "a reference with an empty name",
    secure(named({ name: "" })),
    `${AT}.certificateRefs[0].name: "" names no certificate; write the name of a Secret`,
  ],
  ["HTTPS that is not decrypted", secure({ mode: "Passthrough" }), passthrough],
  [
    "HTTPS that is not decrypted, beside a certificate",
    secure({ mode: "Passthrough", ...named() }),
    passthrough,
  ],
  [
    "a certificate map for a Gateway in several regions",
    secure(undefined, [MAP]),
    `${AT}: names no certificate, and a Gateway of class gke-l7-cross-regional-internal-managed-mc takes no ` +
      `certificate map; ${FIX}`,
  ],
  [
    "a Secret of group core",
    secure(named({ group: "core" })),
    `${AT}.certificateRefs[0].group: "core" is not the group of a Secret; write "", or leave it out`,
  ],
  [
    "a certificate of another kind",
    secure(named({ kind: "ManagedCertificate" })),
    `${AT}.certificateRefs[0].kind: GKE takes no certificate of a "ManagedCertificate"; name a Secret`,
  ],
  [
    "a misspelt option",
    secure({ options: { "networking.gke.io/cert-manager-cert": "llm" } }),
    `${AT}.options["networking.gke.io/cert-manager-cert"]: GKE knows no such option; ` +
      "did you mean networking.gke.io/cert-manager-certs?",
  ],
  [
    "another option",
    secure({ options: { certmap: "llm" } }),
    `${AT}.options.certmap: GKE knows no such option; GKE knows networking.gke.io/cert-manager-certs, ` +
      "networking.gke.io/pre-shared-certs",
  ],
])("refuses %s", async (_, broken, message) => {
  const said = [["mandatory", gateway.name, message]];
  expect(await findings(swapped(broken))).toEqual(said);
  expect(await findings(swapped(broken), { firstPreview: true })).toEqual(said);
  const generated = swapped(broken).map((each) => (each === broken ? asGenerated(each) : each));
  expect(await findings(generated)).toEqual(said);
});

test("refuses a Secret of this stack without a certificate", async () => {
  const said = (missing: string) => [
    [
      "mandatory",
      gateway.name,
      `${AT}.certificateRefs[0].name: Secret "certificate" has no ${missing}; name one with a certificate`,
    ],
  ];
  const gatewayHere = swapped(secure(named()));
  expect(await findings([...gatewayHere, secret({ data: { token: "" } })])).toEqual(
    said("tls.crt and no tls.key"),
  );
  expect(await findings([...gatewayHere, secret({ data: { "tls.crt": "" } })])).toEqual(
    said("tls.key"),
  );
});

test("judges a patch by the class of the Gateway that it changes", async () => {
  const changes = patch(secure(named({ group: "core" })));
  expect(await findings([...stack, changes])).toEqual([
    [
      "mandatory",
      "patch",
      `${AT}.certificateRefs[0].group: "core" is not the group of a Secret; write "", or leave it out`,
    ],
  ]);
  expect(await findings([...swapped(edit(gateway, ofClass("istio"))), changes])).toEqual([]);
  expect(await findings([changes])).toEqual([]);
});

test.each([
  ["tls", secure(UNKNOWN), AT],
  ["references", secure({ certificateRefs: UNKNOWN }), `${AT}.certificateRefs`],
  ["modes", secure({ mode: UNKNOWN, ...named() }), `${AT}.mode`],
  ["options", secure({ options: UNKNOWN }), `${AT}.options`],
])("says that %s are not known yet", async (_, broken, path) => {
  expect(await findings(swapped(broken))).toEqual([["advisory", gateway.name, pending(path)]]);
});
