/**
 * Titles of APIs, as error messages and the console show them. Any `*.googleapis.com` can be
 * enabled; one that is not listed is called by its name. Source: Google's API library, 2026-08.
 */
const TITLES: Record<string, string> = {
  "artifactregistry.googleapis.com": "Artifact Registry API",
  "autoscaling.googleapis.com": "Autoscaling API",
  "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
  "compute.googleapis.com": "Compute Engine API",
  "container.googleapis.com": "Kubernetes Engine API",
  "dns.googleapis.com": "Cloud DNS API",
  "gkehub.googleapis.com": "GKE Hub API",
  "iam.googleapis.com": "Identity and Access Management (IAM) API",
  "iamcredentials.googleapis.com": "IAM Service Account Credentials API",
  "logging.googleapis.com": "Cloud Logging API",
  "modelarmor.googleapis.com": "Model Armor API",
  "monitoring.googleapis.com": "Cloud Monitoring API",
  "multiclusteringress.googleapis.com": "Multi Cluster Ingress API",
  "multiclusterservicediscovery.googleapis.com": "Multi-Cluster Service Discovery API",
  "networkservices.googleapis.com": "Network Services API",
  "secretmanager.googleapis.com": "Secret Manager API",
  "serviceusage.googleapis.com": "Service Usage API",
  "storage.googleapis.com": "Cloud Storage API",
  "trafficdirector.googleapis.com": "Traffic Director API",
};

export function apiTitle(api: string): string {
  return TITLES[api] ?? api;
}

/**
 * Enabled in every new project. Google's list is longer, but without a use here.
 * Source: "Services enabled by default", Service Usage documentation, 2026-08.
 */
export const DEFAULT_APIS = [
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "servicemanagement.googleapis.com",
  "serviceusage.googleapis.com",
  "storage.googleapis.com",
];

/** Which accounts of Google's own a project has: `{number}` is the project's. */
interface ServiceAgent {
  email: string;
  /** Made together with the API; the others by `generateServiceIdentity` only. */
  madeOnEnable: boolean;
}

/**
 * Service agents. Addresses: Google's "Service agents" reference; that the agent of Multi Cluster
 * Ingress is not there before API and identity are: field scripts of multi-cluster gateways.
 */
const AGENTS: Record<string, ServiceAgent[]> = {
  "compute.googleapis.com": [
    { email: "{number}-compute@developer.gserviceaccount.com", madeOnEnable: true },
    { email: "service-{number}@compute-system.iam.gserviceaccount.com", madeOnEnable: true },
  ],
  "container.googleapis.com": [
    {
      email: "service-{number}@container-engine-robot.iam.gserviceaccount.com",
      madeOnEnable: true,
    },
  ],
  "gkehub.googleapis.com": [agent("gcp-sa-gkehub")],
  "multiclusteringress.googleapis.com": [agent("gcp-sa-multiclusteringress")],
  "multiclusterservicediscovery.googleapis.com": [agent("gcp-sa-mcsd")],
  "secretmanager.googleapis.com": [agent("gcp-sa-secretmanager")],
  "artifactregistry.googleapis.com": [agent("gcp-sa-artifactregistry")],
  "monitoring.googleapis.com": [agent("gcp-sa-monitoring")],
};

function agent(domain: string): ServiceAgent {
  return { email: `service-{number}@${domain}.iam.gserviceaccount.com`, madeOnEnable: false };
}

/** Addresses of the agents that enabling an API makes. */
export function agentsMadeOnEnable(api: string, projectNumber: string): string[] {
  return (AGENTS[api] ?? []).filter((a) => a.madeOnEnable).map((a) => fill(a, projectNumber));
}

/** The agent that `generateServiceIdentity` makes or finds, `undefined` for an API without one. */
export function identityOf(api: string, projectNumber: string): string | undefined {
  const last = AGENTS[api]?.at(-1);
  return last && fill(last, projectNumber);
}

function fill({ email }: ServiceAgent, projectNumber: string): string {
  return email.replace("{number}", projectNumber);
}
