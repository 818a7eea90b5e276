import { CannotSay } from "../support/commandExit";

/** A page of GitHub's lists, the largest that it gives. */
const PAGE = 100;
/** Nothing is looked for beyond 5,000 comments or issues. */
const MOST_PAGES = 50;
/** An answer takes less than a second. */
const LIMIT_MS = 30_000;

export interface Target {
  /** @default https://api.github.com */
  api?: string;
  token: string;
  /** `owner/name` */
  repository: string;
}

/** The part of GitHub's REST API that commands need, for one repository. */
export class GitHub {
  constructor(private readonly target: Target) {}

  /**
   * Takes what GitHub Actions gives to a job, and GITHUB_TOKEN, which the job has to pass on.
   * @throws CannotSay with all that is missing
   */
  static of(env: Record<string, string | undefined>): GitHub {
    const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, GITHUB_API_URL: api } = env;
    const missing = ["GITHUB_TOKEN", "GITHUB_REPOSITORY"].filter((name) => !env[name]);
    if (!token || !repository) {
      throw new CannotSay(
        `Not set: ${missing.join(", ")}. A job of GitHub Actions passes \`GITHUB_TOKEN: \${{ github.token }}\`.`,
      );
    }
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
      throw new CannotSay(`GITHUB_REPOSITORY: got "${repository}"; allowed: owner/name`);
    }
    return new GitHub({ token, repository, api });
  }

  get repository(): string {
    return this.target.repository;
  }

  /** Reads something. @param what it is, for the message of an error */
  get(path: string, what: string): Promise<unknown> {
    return this.call("GET", path, what);
  }

  /** @param permission what the job needs, for the message of a refusal */
  send(
    method: "POST" | "PATCH",
    path: string,
    body: object,
    what: string,
    permission: string,
  ): Promise<unknown> {
    return this.call(method, path, what, body, permission);
  }

  /** All entries of a list. */
  async list(path: string, what: string): Promise<unknown[]> {
    const all: unknown[] = [];
    const separator = path.includes("?") ? "&" : "?";
    for (let page = 1; page <= MOST_PAGES; page++) {
      const entries = await this.get(`${path}${separator}per_page=${PAGE}&page=${page}`, what);
      if (!Array.isArray(entries)) {
        throw new CannotSay(`GitHub's answer about ${what} is not a list.`);
      }
      all.push(...(entries as unknown[]));
      if (entries.length < PAGE) break;
    }
    return all;
  }

  private async call(
    method: string,
    path: string,
    what: string,
    body?: object,
    permission?: string,
  ): Promise<unknown> {
    const { api = "https://api.github.com", token, repository } = this.target;
    const url = `${api}/repos/${repository}/${path}`;
    let answer: Response;
    try {
      answer = await fetch(url, {
        method,
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "user-agent": "inference-gateway",
          "x-github-api-version": "2022-11-28",
        },
        signal: AbortSignal.timeout(LIMIT_MS),
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new CannotSay(`GitHub cannot be reached at ${api}: ${reasonOf(error)}.`);
    }
    const text = await answer.text();
    if (answer.ok) return parsed(text, what);
    throw new CannotSay(refusal(answer.status, messageIn(text), what, repository, permission));
  }
}

function refusal(
  status: number,
  message: string,
  what: string,
  repository: string,
  permission?: string,
): string {
  const said = `GitHub answered ${status}${message && ` "${message}"`} about ${what} of ${repository}`;
  switch (status) {
    case 401:
      return `${said}: the token is invalid or has expired.`;
    case 403:
      return permission === undefined
        ? `${said}: the token may not read it.`
        : `${said}: the job needs the permission \`${permission}\`.`;
    case 404:
      return `${said}: it does not exist, or the token may not see it.`;
    default:
      return `${said}; run the job again later.`;
  }
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message.slice(0, 200) : "";
  } catch {
    return "";
  }
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CannotSay(`GitHub's answer about ${what} is not JSON.`);
  }
}

/** Node.js hides the reason of a failed connection behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
