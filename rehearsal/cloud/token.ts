import { randomBytes } from "node:crypto";
import * as fs from "node:fs";

import { Clock } from "./clock";
import { Route } from "./router";

const LIFETIME_MS = 60 * 60 * 1000;

/** The access token of this cloud's only user, made once and kept beside its state. */
export function readOrMakeToken(file: string): string {
  if (fs.existsSync(file)) return fs.readFileSync(file, "utf8").trim();
  const token = randomBytes(24).toString("hex");
  fs.writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/**
 * Where `gke-gcloud-auth-plugin` gets it. The token stays the same; the time only says when to ask
 * again.
 */
export function tokenRoute(token: string, clock: Clock): Route {
  return {
    method: "GET",
    path: "/token",
    handle: () => ({
      accessToken: token,
      expiresAt: new Date(clock.now() + LIFETIME_MS).toISOString(),
    }),
  };
}
