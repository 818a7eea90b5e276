/** How credentials look that say of themselves what they are. */
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

/** Last words of names for what nobody may read. */
const SECRET_WORDS = lastWords(
  "token|secret|password|passwd|passphrase|credentials?|apikey",
  "(?:api|access|auth|private|secret)_key",
);

/** Tokens of a model's text and limits on them, and names of Secrets. */
const OTHER_WORDS = lastWords(
  "(?:bos|cls|end|eos|mask|max|min|num|pad|sep|special|start|stop|unk)_token",
  "(?:pull|tls)_secret",
);

/** A switch, nothing, a reference to another variable. */
const SWITCH = /^(?:|true|false|yes|no|on|off|none|[01]|\$\(\w+\))$/i;

/** Where a secret is, and not what. */
const PLACE = /^(?:\/|file:|sm:\/\/|projects\/[^/]+\/secrets\/)/;

/** A credential in a text by its looks, told but not given away. */
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

/** Whether a value cannot be a secret, whatever its name says. */
export function isHarmless(text: string): boolean {
  const value = text.trim();
  return SWITCH.test(value) || PLACE.test(value);
}

/** So much of a secret that its owner knows it; nothing of a short one. */
export function masked(text: string): string {
  return JSON.stringify(text.length > 12 ? `${text.slice(0, 4)}...` : "...");
}

function lastWords(...words: readonly string[]): RegExp {
  return new RegExp(`(?:^|_)(?:${words.join("|")})$`);
}
