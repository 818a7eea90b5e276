import { parseToken } from "../../../emulator/kube/tokens";

it.each([
  ["kubernetes:apps/v1:Deployment", "apps/v1", "Deployment", false],
  ["kubernetes:core/v1:Secret", "v1", "Secret", false],
  [
    "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    "networking.gke.io/v1",
    "GCPBackendPolicy",
    false,
  ],
  ["kubernetes:core/v1:SecretPatch", "v1", "Secret", true],
])("%s", (token, apiVersion, kind, patch) => {
  expect(parseToken(token)).toEqual({ apiVersion, kind, patch });
});

it.each(["kubernetes:v1:Secret", "kubernetes:a/b/c:Secret", "kubernetes:apps/v1", "kubernetes"])(
  "%s is none",
  (token) => {
    expect(() => parseToken(token)).toThrow(
      new Error(`${token}: not kubernetes:<group>/<version>:<Kind>`),
    );
  },
);
