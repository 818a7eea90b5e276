import { VersionRange } from "./versions";

export type BinaryName =
  | "etcd"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kube-scheduler"
  | "pulumi-language-nodejs"
  | "pulumi"
  | "pulumi-resource-kubernetes"
  | "helm"
  | "actionlint"
  | "envoy"
  | "epp"
  | "llm-d-inference-sim"
  | "kubectl"
  | "vegeta";

/** How a program says who it is. */
export type Greeting =
  /** Arguments to run it with, and what it then says; group 1 is its version, if any. */
  | { args: string[]; pattern: RegExp }
  /** One that never says it: the path of its Go module, whose version the linker has put into it. */
  | { modulePath: string };

/** A program that the rehearsal runs. */
export interface Program {
  /** Its file name, on PATH as in the cache. */
  name: BinaryName;
  /** What a build or a download gives; `test` compares it with the module's go.mod. */
  version: string;
  /** Accepted on PATH; left out where it is only taken along with the one it is companion of. */
  accepts?: VersionRange;
  /** How it says who it is. */
  greeting: Greeting;
  /** Whether it is a provider's plugin: it is found as the engine finds plugins, and greeted as the engine greets them. */
  isPlugin?: boolean;
  /** Released with this one: taken from the same directory of PATH, built into the same. */
  companion?: BinaryName;
}

/** One that Go makes. */
export interface Binary extends Program {
  /** Folder of its go.mod below `modules/`. */
  module: string;
  /** "." is the module's own `main.go`. */
  package: string;
  /** Files of a module that `main.go` embeds, which the build lays beside it. */
  embeds?: { modulePath: string; files: readonly string[] };
  tags?: string;
  /** String variables that the linker sets. */
  variables?: Record<string, string>;
}

const KUBERNETES = "1.36.4";
const PULUMI = "3.259.0";
const HELM = "3.19.0";
const KUBERNETES_PROVIDER = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/**
 * Without them an API server calls itself v0.0.0-master, which fails its clients' version checks.
 */
const kubernetesVariables = Object.fromEntries(
  ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((versionPackage) => [
    [`${versionPackage}.gitVersion`, `v${KUBERNETES}`],
    [`${versionPackage}.gitMajor`, "1"],
    [`${versionPackage}.gitMinor`, "36"],
  ]),
);

function kubernetes(name: BinaryName): Binary {
  return {
    name,
    version: KUBERNETES,
    accepts: { atLeast: "1.36.0", below: "1.37.0" },
    greeting: { args: ["--version"], pattern: /^Kubernetes v(\d+\.\d+\.\d+)/m },
    module: "k8s",
    package: `k8s.io/kubernetes/cmd/${name}`,
    variables: kubernetesVariables,
  };
}

/** In the order of building and of the closing table. */
export const BINARIES: readonly Binary[] = [
  {
    name: "etcd",
    version: "3.6.8",
    accepts: { atLeast: "3.5.0", below: "3.7.0" },
    greeting: { args: ["--version"], pattern: /^etcd Version: (\d+\.\d+\.\d+)/m },
    module: "k8s",
    package: "go.etcd.io/etcd/server/v3",
  },
  kubernetes("kube-apiserver"),
  kubernetes("kube-controller-manager"),
  kubernetes("kube-scheduler"),
  {
    // The newest language host that resolves as a Go module; it runs today's Node SDK.
    name: "pulumi-language-nodejs",
    version: "3.49.0",
    greeting: { args: ["-h"], pattern: /^Usage of /m },
    module: "langhost",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
  {
    name: "pulumi",
    version: PULUMI,
    accepts: { atLeast: PULUMI, below: "4.0.0" },
    greeting: { args: ["version"], pattern: /^v?(\d+\.\d+\.\d+)/m },
    companion: "pulumi-language-nodejs",
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    // Otherwise gRPC links golang.org/x/net/trace, whose templates keep every exported method alive.
    tags: "grpcnotrace",
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${PULUMI}` },
  },
  {
    // No release of it is a Go module: this is its source of 2026-01-15.
    name: "pulumi-resource-kubernetes",
    version: "4.0.0",
    greeting: { args: [], pattern: /^(\d+\.\d+\.\d+)/ },
    isPlugin: true,
    module: "kubernetes-provider",
    package: ".",
    embeds: {
      modulePath: KUBERNETES_PROVIDER,
      files: [
        "cmd/pulumi-resource-kubernetes/schema.json",
        "cmd/pulumi-resource-kubernetes/terraform-mapping.json",
      ],
    },
    tags: "grpcnotrace",
    variables: { [`${KUBERNETES_PROVIDER}/pkg/version.Version`]: "4.0.0-20260115033456" },
  },
  {
    name: "helm",
    version: HELM,
    accepts: { atLeast: "3.14.0", below: "4.0.0" },
    greeting: { args: ["version", "--short"], pattern: /^v(\d+\.\d+\.\d+)/m },
    // That of the provider, which has helm in it: what both need is compiled once.
    module: "kubernetes-provider",
    package: "helm.sh/helm/v3/cmd/helm",
    // Otherwise it calls itself v3.19.
    variables: { "helm.sh/helm/v3/internal/version.version": `v${HELM}` },
  },
];

const ACTIONLINT_VERSION = "1.7.12";

/** Checks the workflows of `.github/`, for tests: no rehearsal runs it. */
export const ACTIONLINT: Binary = {
  name: "actionlint",
  version: ACTIONLINT_VERSION,
  accepts: { atLeast: "1.7.7", below: "2.0.0" },
  greeting: { args: ["-version"], pattern: /^v?(\d+\.\d+\.\d+)/m },
  module: "actionlint",
  package: "github.com/rhysd/actionlint/cmd/actionlint",
  variables: { "github.com/rhysd/actionlint.version": `v${ACTIONLINT_VERSION}` },
};

/** For the drill that types the commands of docs/operations.md. Those are older than any `kubectl` in use. */
export const KUBECTL: Binary = {
  ...kubernetes("kubectl"),
  accepts: { atLeast: "1.28.0", below: "2.0.0" },
  greeting: { args: ["version", "--client"], pattern: /^Client Version: v(\d+\.\d+\.\d+)/m },
  // Its own: another go.mod of the servers would build them anew. The versions are theirs, so it shares their packages.
  module: "kubectl",
};

/** Sends requests at a rate that does not depend on the answers, for `make traffic`. It never says its version. */
export const VEGETA: Binary = {
  name: "vegeta",
  version: "12.13.0",
  accepts: { atLeast: "12.8.0", below: "13.0.0" },
  greeting: { modulePath: "github.com/tsenart/vegeta/v12" },
  module: "vegeta",
  package: "github.com/tsenart/vegeta/v12",
};
