import { closingTable } from "../../../scenarios/rehearsal/report";
import type { Environment } from "../../../stage/environment";
import type { Absence, Part, Toolchain } from "../../../toolchain";

const part: Part = { path: "/bin/x", version: "1.2.3", source: "cache", seconds: 0 };

function reportOf(proxy: Part | Absence): string {
  const toolchain = {
    etcd: part,
    kubeApiserver: part,
    kubeControllerManager: part,
    kubeScheduler: part,
    pulumi: part,
    pulumiLanguageNodejs: part,
    helm: part,
    discoveryDocuments: part,
    gatewayApis: {},
    inferenceExtensions: {},
    plugins: { kubernetes: part, gcp: part, random: part },
    dataPlane: { proxy, picker: part, modelServer: part },
  } satisfies Toolchain;
  return closingTable([], { toolchain } as unknown as Environment, 0);
}

test("the report lists each part of the data plane that is there", () => {
  const lines = reportOf(part).split("\n");
  for (const name of ["envoy", "endpoint picker", "model server"]) {
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${name} +1\\.2\\.3 +cache$`)));
  }
  expect(reportOf(part)).not.toContain("left out");
});

test("the report ends with what the rehearsal did without, and why", () => {
  const lines = reportOf({ why: "there is no pip" }).split("\n");
  expect(lines.slice(-2)).toEqual(["", "envoy is left out: there is no pip."]);
  expect(lines.filter((line) => line.startsWith("envoy"))).toHaveLength(1);
});
