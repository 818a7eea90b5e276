import { BINARIES, BinaryName } from "./binaries";

/** One file of an official release. */
export interface Release {
  /**
   * Each binary that it holds, and its path in the archive: empty where the file is the binary
   * itself.
   */
  members: Partial<Record<BinaryName, string>>;
  version: string;
  url: string;
  /** Where the project publishes the SHA-256 of it: the bare sum, or lines of `sum  file name`. */
  sums: string;
}

/** Node's names of processor architectures, as Go's and as Pulumi's releases spell them. */
const ARCHITECTURES: Record<string, { go: string; pulumi: string }> = {
  x64: { go: "amd64", pulumi: "x64" },
  arm64: { go: "arm64", pulumi: "arm64" },
};

/** The official releases for a platform; none where the projects publish none that fits. */
export function releasesFor(platform: string, architecture: string): Release[] {
  const spelling = ARCHITECTURES[architecture];
  if (platform !== "linux" || spelling === undefined) return [];
  return [
    etcd(spelling.go),
    kubernetes("kube-apiserver", spelling.go),
    kubernetes("kube-controller-manager", spelling.go),
    kubernetes("kube-scheduler", spelling.go),
    pulumi(spelling.pulumi),
    helm(spelling.go),
  ];
}

function etcd(architecture: string): Release {
  const version = versionOf("etcd");
  const base = `https://github.com/etcd-io/etcd/releases/download/v${version}`;
  const folder = `etcd-v${version}-linux-${architecture}`;
  return {
    members: { etcd: `${folder}/etcd` },
    version,
    url: `${base}/${folder}.tar.gz`,
    sums: `${base}/SHA256SUMS`,
  };
}

function kubernetes(name: BinaryName, architecture: string): Release {
  const version = versionOf(name);
  const url = `https://dl.k8s.io/release/v${version}/bin/linux/${architecture}/${name}`;
  return { members: { [name]: "" }, version, url, sums: `${url}.sha256` };
}

function pulumi(architecture: string): Release {
  const version = versionOf("pulumi");
  const page = `https://github.com/pulumi/pulumi/releases/download/v${version}`;
  return {
    members: {
      "pulumi-language-nodejs": "pulumi/pulumi-language-nodejs",
      pulumi: "pulumi/pulumi",
    },
    version,
    url: `https://get.pulumi.com/releases/sdk/pulumi-v${version}-linux-${architecture}.tar.gz`,
    // Only the release page has the sums, for the same files under the same names.
    sums: `${page}/pulumi-${version}-checksums.txt`,
  };
}

function helm(architecture: string): Release {
  const version = versionOf("helm");
  const folder = `linux-${architecture}`;
  const url = `https://get.helm.sh/helm-v${version}-${folder}.tar.gz`;
  return { members: { helm: `${folder}/helm` }, version, url, sums: `${url}.sha256sum` };
}

function versionOf(name: BinaryName): string {
  const binary = BINARIES.find((candidate) => candidate.name === name);
  if (binary === undefined) throw new Error(`${name} is not a binary of the rehearsal`);
  return binary.version;
}
