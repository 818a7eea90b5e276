import { CannotSay } from "../support/commandExit";

type Environment = Record<string, string | undefined>;

/** A setting of a repository, as a job gets it. */
interface Setting {
  name: string;
  /** Where it is set. */
  kind: "variable" | "secret";
  allowed: RegExp;
  example: string;
}

const VARIABLES: Setting[] = [
  {
    name: "WORKLOAD_IDENTITY_PROVIDER",
    kind: "variable",
    allowed:
      /^projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/,
    example: "projects/<number>/locations/global/workloadIdentityPools/github/providers/github",
  },
  {
    name: "SERVICE_ACCOUNT",
    kind: "variable",
    allowed: /^[a-z0-9-]+@[a-z0-9.:-]+\.gserviceaccount\.com$/,
    example: "preview@<project>.iam.gserviceaccount.com",
  },
  {
    name: "PULUMI_BACKEND_URL",
    kind: "variable",
    allowed: /^(gs|s3|azblob|https):\/\/[^\s]+$/,
    example: "gs://<bucket>",
  },
];

/** Pulumi Cloud and its like ask for a token; a bucket for what its secrets are encrypted with. */
const TOKEN: Setting = {
  name: "PULUMI_ACCESS_TOKEN",
  kind: "secret",
  allowed: /^\S+$/,
  example: "pul-...",
};
const PASSPHRASE: Setting = {
  name: "PULUMI_CONFIG_PASSPHRASE",
  kind: "secret",
  allowed: /^/,
  example: "the passphrase of `pulumi stack init`",
};

const WHERE = "Settings > Secrets and variables > Actions; docs/pull-requests.md";

/** What a job may do with the settings of its repository. */
export interface Verdict {
  /** It has all that it takes to log in to the cloud. */
  cloud: boolean;
  sentence: string;
}

/**
 * Whether a job can log in: all settings are there, or none.
 * @param stackFile text of `Pulumi.<stack>.yaml`, which names a key management service in place of a passphrase
 * @throws CannotSay if some are missing, or one is malformed
 */
export function verdictOf(env: Environment, stackFile = ""): Verdict {
  if (env.FORK === "true") {
    return {
      cloud: false,
      sentence: "A fork or a bot gets no credentials: the preview runs on the emulated cloud.",
    };
  }
  const given = VARIABLES.filter(({ name }) => env[name]);
  if (given.length === 0) {
    return {
      cloud: false,
      sentence: `This repository has no cloud: none of ${names(VARIABLES)} is set (${WHERE}).`,
    };
  }
  const needed = [...VARIABLES, ...secretsFor(env, stackFile)];
  const missing = needed.filter(({ name }) => !env[name]);
  if (missing.length > 0) {
    const each = missing.map(({ kind, name, example }) => `${kind} ${name} (${example})`);
    throw new CannotSay(`Half of the settings are missing: ${each.join(", ")}. ${WHERE}`);
  }
  const wrong = needed.filter(({ name, allowed }) => !allowed.test(env[name] ?? ""));
  if (wrong.length > 0) throw new CannotSay(wrong.map((each) => malformed(each, env)).join("\n"));
  return { cloud: true, sentence: `Logs in as ${env.SERVICE_ACCOUNT ?? ""}.` };
}

function secretsFor(env: Environment, stackFile: string): Setting[] {
  if (env.PULUMI_BACKEND_URL?.startsWith("https://")) return [TOKEN];
  return /^secretsprovider: *(?!passphrase)\S/m.test(stackFile) ? [] : [PASSPHRASE];
}

function malformed({ name, kind, example }: Setting, env: Environment): string {
  const said = kind === "secret" ? "a secret with blanks" : `"${(env[name] ?? "").slice(0, 120)}"`;
  return `${name}: got ${said}; allowed: such as ${example}`;
}

function names(settings: Setting[]): string {
  return settings.map(({ name }) => name).join(", ");
}
