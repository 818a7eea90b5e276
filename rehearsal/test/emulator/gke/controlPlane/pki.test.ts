import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from "node:crypto";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import {
  CertificateAuthority,
  generateSigningKeys,
} from "../../../../emulator/gke/controlPlane/pki";

let directory = "";
beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), "pki-"));
});
afterEach(() => fs.rm(directory, { recursive: true }));

test("it issues certificates for servers on this machine", async () => {
  const ca = await CertificateAuthority.open(directory);
  const issued = await ca.issueServerCertificate("gke-east");
  const server = new X509Certificate(issued.public);
  const authority = new X509Certificate(await fs.readFile(path.join(directory, "ca.crt")));
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.checkPrivateKey(createPrivateKey(issued.privateKey))).toBe(true);
  expect(server.subject).toBe("CN=gke-east");
  expect([server.ca, authority.ca]).toEqual([false, true]);
  expect(server.subjectAltName).toBe(
    "IP Address:127.0.0.1, DNS:localhost, DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc",
  );
});

test("opened again it is the same authority", async () => {
  const first = await CertificateAuthority.open(directory);
  const second = await CertificateAuthority.open(directory);
  expect(second.pem).toBe(first.pem);
  expect(second.file).toBe(path.join(directory, "ca.crt"));
  const server = new X509Certificate((await second.issueServerCertificate("x")).public);
  expect(server.verify(new X509Certificate(first.pem).publicKey)).toBe(true);
});

test("only its owner can read its key", async () => {
  await CertificateAuthority.open(directory);
  const { mode } = await fs.stat(path.join(directory, "ca.key"));
  expect(mode & 0o777).toBe(0o600);
});

test("signing keys are a pair", async () => {
  const keys = await generateSigningKeys();
  const data = Buffer.from("token");
  const signature = sign("sha256", data, createPrivateKey(keys.privateKey));
  expect(verify("sha256", data, createPublicKey(keys.public), signature)).toBe(true);
});
