import * as fs from "node:fs";
import * as path from "node:path";

import type { Directories } from "./directories";

/** Where Linux distributions keep the certificates that programs trust. */
const SYSTEM_BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The environment of every command of the rehearsal: the engine's own settings, our commands first on PATH, and trust
 * in the cloud's CA, since the certificate of a DNS endpoint counts as publicly signed.
 * @param token of the account that deploys
 */
export function rehearsalEnv(
  directories: Directories,
  cloudUrl: string,
  token: string,
  toolDirs: string[],
): Record<string, string> {
  const certificates = writeTrust(directories);
  fs.mkdirSync(directories.temporary, { recursive: true });
  return {
    PATH: [directories.bin, ...new Set(toolDirs), process.env.PATH ?? ""].join(path.delimiter),
    REHEARSAL_CLOUD_URL: cloudUrl,
    ...ofNobodyElse(process.env),
    GOOGLE_OAUTH_ACCESS_TOKEN: token,
    CLOUDSDK_AUTH_ACCESS_TOKEN: token,
    ...throughTheProxy(cloudUrl, certificates),
    CLOUDSDK_CONFIG: path.join(directories.state, "gcloud"),
    PULUMI_BACKEND_URL: `file://${backend(directories)}`,
    PULUMI_HOME: path.join(directories.engine, "home"),
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    TMPDIR: directories.temporary,
    NODE_EXTRA_CA_CERTS: path.join(directories.cloud, "pki", "ca.crt"),
  };
}

/** What each client calls the servers that it does not ask the proxy for: API servers, and the engine's own plugins. */
const THIS_MACHINE = "127.0.0.1,localhost,::1";

/**
 * Leads every client of Google's APIs to the emulated cloud, whatever it is written in. Go and Python look for either
 * spelling, gRPC for Node.js for the small one only.
 */
function throughTheProxy(cloudUrl: string, certificates: string): Record<string, string> {
  return {
    ...{ HTTPS_PROXY: cloudUrl, https_proxy: cloudUrl },
    ...{ NO_PROXY: THIS_MACHINE, no_proxy: THIS_MACHINE },
    // Variables of Go, of Python's requests, of curl, and of gcloud.
    SSL_CERT_FILE: certificates,
    REQUESTS_CA_BUNDLE: certificates,
    CURL_CA_BUNDLE: certificates,
    CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE: certificates,
  };
}

/** The user's settings that would lead a client past the proxy, or to another account: all of them are empty. */
function ofNobodyElse(own: NodeJS.ProcessEnv): Record<string, string> {
  const proxies = ["HTTP_PROXY", "ALL_PROXY", "grpc_proxy", "http_proxy", "all_proxy"];
  const elsewhere = Object.keys(own).filter((name) => /^GOOGLE_|^CLOUDSDK_(PROXY|API)_/.test(name));
  return Object.fromEntries([...proxies, ...elsewhere].map((name) => [name, ""]));
}

function backend(directories: Directories): string {
  const directory = path.join(directories.engine, "stacks");
  fs.mkdirSync(directory, { recursive: true });
  return directory;
}

/** Go programs read one bundle and no other, so ours is joined to the system's. */
function writeTrust(directories: Directories): string {
  const own = fs.readFileSync(path.join(directories.cloud, "pki", "ca.crt"), "utf8");
  const bundle = path.join(directories.state, "certificates.pem");
  const candidates = [process.env.SSL_CERT_FILE, ...SYSTEM_BUNDLES].filter(
    (file) => file !== bundle,
  );
  const system = candidates.find((file) => file && fs.existsSync(file));
  fs.writeFileSync(bundle, `${system ? fs.readFileSync(system, "utf8") : ""}\n${own}`);
  return bundle;
}
