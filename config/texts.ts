import { isRelease } from "../catalog/releases";

/**
 * The grammar of what a text names outside of this program.
 * @returns words that follow "allowed: "; undefined if the text has the form
 */
export type Grammar = (text: string) => string | undefined;

function grammar(form: string, fits: (text: string) => boolean): Grammar {
  return (text) => (fits(text) ? undefined : form);
}

/** A DNS label, at most 40 characters: the chart truncates longer pool names. */
export const objectName = grammar(
  "lower-case letters, digits and -, 1 to 40, starting with a letter",
  (text) => /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/.test(text),
);

/** GKE allows a node pool 40 characters, and `-fallback-9-1a2b3c4` follows the cluster's name in it. */
export const clusterName = grammar(
  "lower-case letters, digits and -, 1 to 21, starting with a letter",
  (text) => /^[a-z]([-a-z0-9]{0,19}[a-z0-9])?$/.test(text),
);

/**
 * Namespaces that a cluster has, or that a feature of GKE makes: to create one of them fails with AlreadyExists, or its
 * owner takes it over. Kubernetes reserves `kube-`; GKE uses `gke-` and `gmp-`.
 */
const RESERVED_NAMESPACE =
  /^(default|(kube|gke|gmp)-.*|(asm|cnrm|config-management|gatekeeper|istio|resource-group)-system|config-management-monitoring)$/;

export const namespace: Grammar = (text) => {
  if (!RESERVED_NAMESPACE.test(text)) return objectName(text);
  return "a namespace of its own: this one belongs to Kubernetes or GKE";
};

const ID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
/** Left in an id by a template that lacks its variable. Google allows neither word in a project's id. */
const UNSET = /undefined|null/;

/**
 * The id of a project; an old one may stand behind a domain, `example.com:my-project`.
 * Source: <https://cloud.google.com/resource-manager/docs/creating-managing-projects>.
 */
export const projectId = grammar(
  "the id of a Google Cloud project, not its number or title: 6 to 30 lower-case letters, digits and -, " +
    "starting with a letter, not ending in -",
  isProjectId,
);

function isProjectId(text: string): boolean {
  const [, domain, id = text] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  return ID.test(id) && !UNSET.test(id) && (domain === undefined || isDnsName(domain));
}

/**
 * A repository on Hugging Face. What begins with `-` vLLM would take for a flag, and with `/` or `.` for a directory.
 * Source: `validate_repo_id` of huggingface_hub.
 */
export const repository = grammar(
  "a repository on Hugging Face such as meta-llama/Llama-3.1-8B: an owner and /, then at most 96 letters, digits, " +
    "-, _ and ., without -- and ..",
  (text) => {
    const parts = text.split("/");
    return (
      parts.length <= 2 &&
      parts.every((part) => /^\w([\w.-]*\w)?$/.test(part)) &&
      (parts.at(-1) ?? "").length <= 96 &&
      !/--|\.\.|\.git$/.test(text)
    );
  },
);

/** A branch, tag or commit, by the rules of `git check-ref-format`; `$` would be read by Kubernetes. */
export const revision = grammar(
  "a branch, tag or commit such as main: letters, digits, ., _, -, +, @, #, = and /, starting with a letter or digit",
  (text) =>
    text.length <= 255 &&
    /^[A-Za-z0-9_][\w.+@#=/-]*$/.test(text) &&
    !/\.\.|\/\/|\/\.|\.(\/|$)|\/$|\.lock(\/|$)/.test(text),
);

/**
 * What a request calls an adapter: vLLM takes any text. `,`, quotes, blanks and `$` are kept out of its command line;
 * what has at most 96 characters fits into a file name when it is encoded.
 */
export const adapterName = grammar(
  "letters, digits, -, _, ., : and /, 1 to 96, starting and ending with a letter or digit",
  (text) =>
    text.length <= 96 &&
    /^[A-Za-z0-9]([\w.:/-]*[A-Za-z0-9])?$/.test(text) &&
    !/\.\.|\/\//.test(text),
);

/** The tag of an image, which has no `+`. Source: the reference grammar of distribution/reference. */
export const imageRelease = grammar("a release of vLLM such as v0.18.1", isRelease);

/** Source: <https://cloud.google.com/storage/docs/buckets#naming>. */
export const bucket = grammar(
  "the name of a bucket, without gs://: 3 to 63 lower-case letters, digits, -, _ and ., starting and ending with a " +
    "letter or digit, without goog at its start and without google",
  (text) => {
    const parts = text.split(".");
    return (
      text.length >= 3 &&
      text.length <= (parts.length > 1 ? 222 : 63) &&
      /^[a-z0-9][a-z0-9._-]*[a-z0-9]$/.test(text) &&
      parts.every((part) => part.length >= 1 && part.length <= 63) &&
      !/^\d+\.\d+\.\d+\.\d+$/.test(text) &&
      !/^goog|g[o0][o0]g[l1]e/.test(text)
    );
  },
);

const RESOURCE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Source: `Reservation.name` of the Compute Engine API (RFC 1035), and how GKE names one that is shared. */
export const reservation = grammar(
  "the name of a reservation: 1 to 63 lower-case letters, digits and -, starting with a letter; or, if another " +
    "project shares it, projects/<project>/reservations/<name>",
  (text) => {
    const path = /^projects\/([^/]+)\/reservations\/([^/]+)(?:\/reservationBlocks\/([^/]+))?$/;
    const [, project, name = text, block] = path.exec(text) ?? [];
    return (
      RESOURCE.test(name) &&
      (block === undefined || RESOURCE.test(block)) &&
      (project === undefined || isProject(project))
    );
  },
);

const SECRET =
  /^(projects\/([^/]+)\/secrets\/[A-Za-z0-9_-]{1,255})(?:\/versions\/([1-9]\d*|[A-Za-z][\w-]{0,62}))?$/;

/** Source: <https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create>, `secretId`. */
export const secretName = grammar(
  "projects/<project>/secrets/<secret>, and /versions/<version> behind it if it is not the newest",
  (text) => isProject(SECRET.exec(text)?.[2] ?? ""),
);

/** A secret and, if it is named, its version. */
export function partsOfSecret(name: string): { secret: string; version?: string } {
  const [, secret = name, , version] = SECRET.exec(name) ?? [];
  return version === undefined ? { secret } : { secret, version };
}

/**
 * The name of a notification channel; Google makes its id. Source: `AlertPolicy.notificationChannels` of the Cloud
 * Monitoring API.
 */
export const channelName = grammar(
  "projects/<project>/notificationChannels/<id>, as `gcloud beta monitoring channels list` shows its name",
  (text) => {
    const [, project] = /^projects\/([^/]+)\/notificationChannels\/[\w-]+$/.exec(text) ?? [];
    return project !== undefined && isProject(project);
  },
);

/** APIs take a project by its number, too. */
function isProject(text: string): boolean {
  return isProjectId(text) || /^[1-9]\d*$/.test(text);
}

/**
 * Domains of others that a private zone would hide from the whole VPC: what nodes and model servers ask for, Kubernetes'
 * own names, and names that never reach a name server (RFC 6761).
 */
const FOREIGN_DOMAINS = [
  ...["google.internal", "googleapis.com", "google.com", "goog", "gcr.io", "pkg.dev"],
  ...["huggingface.co", "hf.co", "docker.io", "docker.com", "ghcr.io", "k8s.io", "nvcr.io"],
  ...["cluster.local", "arpa", "localhost", "invalid", "onion"],
];
/** Below these, names are sold to everybody: `co.uk`, `com.br`. */
const PUBLIC_SUFFIX = /^(ac|co|com|edu|go|gob|gov|mil|ne|net|nom|or|org|sch)\.[a-z]{2}$/;

/** Source: RFC 1035, 2.3.4: 63 characters a label and, as a name is sent, 255 in all, which are 253 as it is written. */
export const dnsName: Grammar = (text) => {
  if (!isDnsName(text)) {
    return (
      "a DNS name without a dot at its end such as llm.corp.internal: two labels or more of lower-case letters, " +
      "digits and -, 63 characters each and 253 in all"
    );
  }
  const foreign = FOREIGN_DOMAINS.find((domain) => text === domain || text.endsWith(`.${domain}`));
  if (foreign === undefined && !PUBLIC_SUFFIX.test(text)) return undefined;
  return `a name below a domain of yours: this one would hide names of ${foreign ?? text} from the VPC`;
};

/**
 * Whether a zone of this name would hide machines of a project, whose names are `<name>.<zone>.c.<project>.internal`.
 * Source: <https://cloud.google.com/compute/docs/internal-dns>.
 */
export function hidesMachines(name: string, project: string): boolean {
  const machines = `c.${project}.internal`;
  return name === `${project}.internal` || `.${name}`.endsWith(`.${machines}`);
}

function isDnsName(text: string): boolean {
  const label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  return (
    text.length <= 253 && new RegExp(`^(${label}\\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`).test(text)
  );
}
