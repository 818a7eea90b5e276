import { Callers } from "../access/callers";
import { numericIdOf } from "../numericIds";
import type { GoogleAnswer, GoogleRequest } from "./exchange";

const LIFETIME_SECONDS = 3599;
const SCOPE =
  "https://www.googleapis.com/auth/cloud-platform openid https://www.googleapis.com/auth/userinfo.email";

/**
 * Who a token is of, as OpenID Connect asks. There is no discovery document of these two.
 * Who asks: the gcp provider when it is configured (`GetCurrentUserEmail` in transport/config.go of
 * terraform-provider-google-beta, 93c65b2d60), and Google's client libraries before they use a token.
 * @returns nothing where the request is about something else
 */
export function answerIdentity(callers: Callers, request: GoogleRequest): GoogleAnswer | undefined {
  const { host, pathname, query, authorization = "" } = request;
  const bearer = authorization.replace(/^Bearer /, "");
  switch (`${host}${pathname}`) {
    case "openidconnect.googleapis.com/v1/userinfo": {
      const email = emailOf(callers, bearer);
      if (email === undefined) return refused(401, "invalid_request", "Invalid Credentials");
      return { status: 200, body: { sub: numericIdOf(email), email, email_verified: true } };
    }
    case "oauth2.googleapis.com/tokeninfo": {
      const email = emailOf(callers, query.get("access_token") ?? bearer);
      if (email === undefined) return refused(400, "invalid_token", "Invalid Value");
      const sub = numericIdOf(email);
      const exp = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
      return {
        status: 200,
        body: {
          azp: sub,
          aud: sub,
          sub,
          scope: SCOPE,
          exp: String(exp),
          expires_in: String(LIFETIME_SECONDS),
          email,
          email_verified: "true",
          access_type: "online",
        },
      };
    }
    default:
      return undefined;
  }
}

function emailOf(callers: Callers, token: string): string | undefined {
  const caller = callers.withToken(token);
  return caller?.slice(caller.indexOf(":") + 1);
}

function refused(status: number, error: string, description: string): GoogleAnswer {
  return { status, body: { error, error_description: description } };
}
