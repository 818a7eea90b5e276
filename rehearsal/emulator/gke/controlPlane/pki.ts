import "./reflect";

import { webcrypto } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import * as x509 from "@peculiar/x509";

import { writePrivate } from "./files";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Names under which an API server is reached: by its clients, and by pods inside the cluster. */
const SERVER_NAMES: x509.JsonGeneralName[] = [
  { type: "ip", value: "127.0.0.1" },
  { type: "dns", value: "localhost" },
  { type: "dns", value: "kubernetes" },
  { type: "dns", value: "kubernetes.default" },
  { type: "dns", value: "kubernetes.default.svc" },
];

export interface KeyPair {
  /** PEM, PKCS #8. */
  privateKey: string;
  /** PEM: of the certificate, or of the public key where there is no certificate. */
  public: string;
}

/** The rehearsal's certificate authority: one for all clusters, kept in a directory. */
export class CertificateAuthority {
  private constructor(
    /** Its certificate. */
    readonly pem: string,
    private readonly key: string,
    /** PEM file of the CA certificate. */
    readonly file: string,
  ) {}

  /** Reads the CA from `<directory>/ca.crt` and `ca.key`, or makes it there. */
  static async open(directory: string): Promise<CertificateAuthority> {
    x509.cryptoProvider.set(webcrypto);
    const files = { crt: path.join(directory, "ca.crt"), key: path.join(directory, "ca.key") };
    const [crt, key] = [read(files.crt), read(files.key)];
    if (crt !== undefined && key !== undefined) {
      return new CertificateAuthority(crt, key, files.crt);
    }
    const made = await makeAuthority();
    fs.mkdirSync(directory, { recursive: true });
    await writePrivate(files.key, made.privateKey);
    fs.writeFileSync(files.crt, made.public);
    return new CertificateAuthority(made.public, made.privateKey, files.crt);
  }

  /** A certificate for a server on this machine. @param names that it is reached by; those of an API server where left out */
  async issueServerCertificate(
    commonName: string,
    names: readonly x509.JsonGeneralName[] = SERVER_NAMES,
  ): Promise<KeyPair> {
    const keys = await generateKeys();
    const issuer = new x509.X509Certificate(this.pem);
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [commonName] }],
      issuer: issuer.subject,
      ...validity(2),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: await importKey(this.key),
      extensions: [
        new x509.SubjectAlternativeNameExtension([...names]),
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ],
    });
    return certified(keys, certificate);
  }
}

/** The keys with which an API server signs and checks service account tokens. */
export async function generateSigningKeys(): Promise<KeyPair> {
  const keys = await generateKeys();
  const spki = await webcrypto.subtle.exportKey("spki", keys.publicKey);
  return {
    privateKey: await exportKey(keys.privateKey),
    public: x509.PemConverter.encode(spki, "PUBLIC KEY") + "\n",
  };
}

async function makeAuthority(): Promise<KeyPair> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ["rehearsal CA"] }],
    ...validity(10),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certified(keys, certificate);
}

async function certified(
  { privateKey }: webcrypto.CryptoKeyPair,
  certificate: x509.X509Certificate,
): Promise<KeyPair> {
  return { privateKey: await exportKey(privateKey), public: `${certificate.toString("pem")}\n` };
}

/** From an hour ago, so that a clock set back a little does no harm. */
function validity(years: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + years * YEAR_MS) };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", key);
  return x509.PemConverter.encode(pkcs8, "PRIVATE KEY") + "\n";
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const pkcs8 = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, true, ["sign"]);
}

function read(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}
