import type { Problem } from "./problem";
import { partsOfSecret } from "./texts";

/** The key is read as a secret, so the schema does not have it. */
export const TOKEN = "huggingFaceToken";
const TOKEN_SECRET = "huggingFaceSecret";

/** Where model servers get their token from: the stack's configuration, or a secret of Secret Manager. */
export type TokenSource =
  | { kind: "value"; token: string }
  | { kind: "secret-manager"; secret: string; version?: string };

const ALLOWED = `a secret, a Hugging Face token that may read the model, or ${TOKEN_SECRET} in its place`;

/**
 * Where the token comes from, or what is wrong with it. Empty text does not count as a token: a variable that is not set leaves it.
 * The token itself is in no message.
 */
export function tokenSource(token?: string, secret?: string): TokenSource | Problem {
  if (secret !== undefined) {
    const both = token?.trim() && secret.trim();
    if (both) return wrong("a token", `nothing beside ${TOKEN_SECRET}`);
    return { kind: "secret-manager", ...partsOfSecret(secret) };
  }
  if (token === undefined) return wrong("nothing", ALLOWED);
  const fault = faultOf(token);
  return fault === undefined ? { kind: "value", token } : wrong(fault, ALLOWED);
}

function wrong(got: string, allowed: string): Problem {
  return { path: [TOKEN], got: `got ${got}`, allowed };
}

/** What a template leaves where a token belongs: `<your token>`, `${TOKEN}`, `{{ token }}`. */
const TEMPLATE = /^(<.*>|\$.*|\{.*\})$/s;
/** What a program writes for a variable that it lacks, and what a person writes in place of a token. */
const STAND_IN = /^(none|null|undefined|true|false|changeme|(hf_)?[.x*]*|.*your.*token.*)$/i;
/** Characters of a token in an HTTP header. Source: RFC 6750, 2.1 (b64token). */
const BEARER = /^[A-Za-z0-9._~+/-]+=*$/;

/** What is wrong with the text of a token, in words that do not show it. */
function faultOf(token: string): string | undefined {
  if (token === "") return "an empty text";
  if (token.trim() === "") return "white space only";
  if (TEMPLATE.test(token.trim())) return "a placeholder";
  if (/\s/.test(token)) return "a text with white space in it or around it";
  if (STAND_IN.test(token)) return "a placeholder";
  return BEARER.test(token) ? undefined : "a text with characters that no token has";
}
