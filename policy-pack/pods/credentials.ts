/** Formats of credentials that have a recognizable prefix. */
const CREDENTIALS = [
  "hf_[A-Za-z0-9]{30,}", // Hugging Face
  "AIza[\\w-]{35}", // Google API key
  "ya29\\.[\\w-]{20,}", // Google access token
  "gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\\w{22,}", // GitHub
  "glpat-[\\w-]{20,}", // GitLab
  "pul-[0-9a-f]{40}", // Pulumi
  "sk-[\\w-]*[A-Za-z0-9]{20,}", // OpenAI, Anthropic and those that are like them
  "xox[abeoprs]-[\\w-]{10,}", // Slack
  "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{8,}", // JSON Web Token
  "-----BEGIN [A-Z ]*PRIVATE KEY",
  // The same in base64, as a kubeconfig holds it: PRIVATE, RSA, EC, ENCRYPTED, OPENSSH.
  "LS0tLS1CRUdJTiB(?:QUklW|SU0Eg|FQyBQ|FTkNS|PUEVO)",
];
const CREDENTIAL_TEXT = new RegExp(`(?<![A-Za-z0-9])(?:${CREDENTIALS.join("|")})`);

/** Last words of names for secrets. */
const SECRET_WORDS = lastWords(
  "token|secret|password|passwd|passphrase|credentials?|apikey",
  "(?:api|access|auth|private|secret)_key",
);

/**
 * Last words of other names: for tokens of a model's text, their limits and their times, and for
 * names of Secrets.
 */
const OTHER_WORDS = lastWords(
  "(?:bos|cls|end|eo[mst]|mask|max|min|num|pad|sep|special|start|stop|think|tool|unk)_token",
  "(?:audio|completion|first|image|input|last|next|output|prompt|video|per(?:_\\w+)?)_token",
  "(?:pull|tls)_secret",
);

/** A switch, or an empty text. */
const SWITCH = /^(?:|true|false|yes|no|on|off|none|null|[01])$/i;

/** A reference to another variable, or a place that a template fills. */
const REFERENCE = /^\$\w|\$[({]|\{\{|%\(|<%/;

/** What stands for a secret in an example. */
const PLACEHOLDER = /^(?:<.*>|\[.*\]|\*+|x{3,}|\.{3})$/i;

/** The place of a secret, not the secret itself. */
const PLACE = /^(?:\/|file:|sm:\/\/|projects\/[^/]+\/secrets\/)/;

/** The length of a text in tokens, or a time for each, under a name that ends with token. */
const AMOUNT = /^\d{1,7}(?:\.\d+)?[a-z]{0,2}$/i;

/** Headers of requests that hold a secret, by names that say so only there. */
const SECRET_HEADER = /^(?:(?:proxy-)?authorization|(?:set-)?cookie)$/i;

/** The word before a secret in such a header. */
const SCHEME = /^(?:Basic|Bearer|Digest|Token)\s+/i;

/** A text in the format of a credential, masked. */
export function credentialIn(text: string): string | undefined {
  const found = CREDENTIAL_TEXT.exec(text)?.[0];
  return found === undefined ? undefined : masked(found);
}

/** Whether a name, of a variable for instance, says that its value is secret. */
export function saysSecret(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "_")
    .replace(/(?:_(?:value|plain|text|\d+))+$/, "");
  return SECRET_WORDS.test(words) && !OTHER_WORDS.test(words);
}

/** The same for a header of a request. */
export function saysSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name) || saysSecret(name);
}

/** Whether a value cannot be a secret, whatever its name says. */
export function isHarmless(name: string, text: string): boolean {
  const value = text.trim().replace(SCHEME, "").trim();
  const patterns = [SWITCH, REFERENCE, PLACEHOLDER, PLACE];
  const isAmount = AMOUNT.test(value) && /token$/i.test(name);
  return isAmount || patterns.some((pattern) => pattern.test(value));
}

/** The beginning of a secret, so that its owner recognizes it; nothing of a short one. */
export function masked(text: string): string {
  return JSON.stringify(text.length > 12 ? `${text.slice(0, 4)}...` : "...");
}

function lastWords(...words: readonly string[]): RegExp {
  return new RegExp(`(?:^|_)(?:${words.join("|")})$`);
}
