import { randomBytes } from "node:crypto";
import * as fs from "node:fs";

import { Callers } from "./access/callers";
import { Clock } from "./clock";
import { Route } from "./router";

const LIFETIME_MS = 60 * 60 * 1000;

/** The access token of the projects' owner, made once and kept beside the cloud's state. */
export function readOrMakeToken(file: string): string {
  if (fs.existsSync(file)) return fs.readFileSync(file, "utf8").trim();
  const token = randomBytes(24).toString("hex");
  fs.writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/**
 * Where `gke-gcloud-auth-plugin` gets the token of its caller. It stays the same; the time only
 * says when to ask again.
 */
export function tokenRoute(callers: Callers, clock: Clock): Route {
  return {
    method: "GET",
    path: "/token",
    handle: ({ caller }) => ({
      accessToken: callers.tokenOf(caller),
      expiresAt: new Date(clock.now() + LIFETIME_MS).toISOString(),
    }),
  };
}
