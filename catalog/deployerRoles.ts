import type { Dated } from "./dated";
import table from "./deployerRoles.json";

/** A role that the account that deploys a stack needs. */
export interface DeployerRole {
  role: string;
  /** What it is granted on. */
  on: "project" | "bucket" | "secret";
  /**
   * Configuration key with which the role is needed; without a key, always. For a role on a bucket or secret, the key
   * names that.
   */
  when?: string;
  /** What the account does with it. */
  for: string;
  /** Google's message if the role is missing; it does not always name the permission. */
  without: string;
  /** The permissions of the role that a preview, an update, a refresh or a destroy asks for: what a custom role needs. */
  uses: string[];
  /** The permissions of the role that only `make preflight` asks for. @default none */
  preflight?: string[];
}

/** The smallest of Google's predefined roles that suffice; a data file, because the documentation uses it too. */
export const DEPLOYER_ROLES = table.roles as DeployerRole[];

export const DEPLOYER_ROLES_DATED: Dated = {
  title: "Permissions of predefined roles",
  source: "https://github.com/darkbitio/gcp-iam-role-permissions (8ab2a6f)",
  asOf: "2026-08-22",
  goodForMonths: 12,
};
