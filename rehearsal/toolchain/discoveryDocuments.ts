/** One version of one of Google's APIs, whose discovery document describes the calls that are served here. */
export interface ServedApi {
  /** Google's short name, the first word of its methods' ids. */
  api: string;
  /** Where the document lies below the folder of all documents. */
  file: string;
  /** What the paths of its calls begin with. */
  prefix: string;
  /** Its host names. */
  hosts: readonly string[];
}

/**
 * APIs from before protocol buffers: served under their own name, and as `www.googleapis.com`, which the links in their
 * answers say.
 */
const OLDER = ["compute", "dns", "storage"];

function served(api: string, folder: string, prefix: string): ServedApi {
  const hosts = [`${api}.googleapis.com`, ...(OLDER.includes(api) ? ["www.googleapis.com"] : [])];
  return { api, file: `${api}/${folder}/${api}-api.json`, prefix, hosts };
}

/**
 * The versions that clients call for the program's resources: the gcp provider (`BaseUrl` in product.go of each
 * service of terraform-provider-google-beta), `gcloud`, and Google's client libraries.
 */
export const SERVED_APIS: readonly ServedApi[] = [
  served("cloudresourcemanager", "v1", "/v1/"),
  served("cloudresourcemanager", "v3", "/v3/"),
  served("compute", "v1", "/compute/v1/"),
  served("compute", "v0.beta", "/compute/beta/"),
  served("container", "v1", "/v1/"),
  served("container", "v1beta1", "/v1beta1/"),
  served("dns", "v1", "/dns/v1/"),
  served("dns", "v1beta2", "/dns/v1beta2/"),
  served("gkehub", "v1", "/v1/"),
  served("gkehub", "v1beta", "/v1beta/"),
  served("gkehub", "v1beta1", "/v1beta1/"),
  served("iam", "v1", "/v1/"),
  served("monitoring", "v1", "/v1/"),
  served("monitoring", "v3", "/v3/"),
  served("secretmanager", "v1", "/v1/"),
  served("serviceusage", "v1", "/v1/"),
  served("serviceusage", "v1beta1", "/v1beta1/"),
  served("storage", "v1", "/storage/v1/"),
];

/** Whether a host's refusals have the older format. */
export function isOlder(host: string): boolean {
  return [...OLDER, "www"].some((name) => host === `${name}.googleapis.com`);
}
