import * as fs from "node:fs";
import * as path from "node:path";

import type { Cloud } from "./cloud";
import type { Directories } from "./directories";
import { PROJECT, readStackFile } from "./program";

/** A row of the table of roles that the program publishes. */
interface RoleRow {
  role: string;
  on: "project" | "bucket" | "secret";
  /** Key of the stack's configuration with which the role is needed; left out, always. */
  when?: string;
  /** Permissions of the role that are used. */
  uses: string[];
  /** Those that only `make preflight` asks for. */
  preflight?: string[];
}

export interface Grant {
  role: string;
  /** As Google Cloud names it: `projects/p`. */
  resource: string;
}

/** The table, a data file of the program. */
const TABLE = path.join("catalog", "deployerRoles.json");

/**
 * The account that the engine deploys as: one of the project, with just the roles that the program's table has for the
 * stack. Without it a rehearsal would pass with roles that do not suffice.
 */
export class Deployer {
  /** What it gets of the table's roles. */
  choose: (grants: Grant[]) => Grant[] = (grants) => grants;

  constructor(
    private readonly directories: Directories,
    private readonly stack: string,
    private readonly cloud: Cloud,
  ) {}

  /**
   * Grants it its roles, as the project's owner does before a deployment; no role can be granted on a resource that does
   * not exist yet. @returns its access token
   */
  admit(): Promise<string> {
    return this.cloud.admit(this.email(), this.choose(this.grants()));
  }

  /** What it was asked for since the cloud started, and the table does not say. */
  async undocumented(): Promise<string[]> {
    const told = this.roles().flatMap(({ uses, preflight = [] }) => [...uses, ...preflight]);
    const asked = await this.cloud.permissionsOf(this.email());
    return asked.filter((permission) => !told.includes(permission));
  }

  private email(): string {
    return `deployer@${String(this.settings()["gcp:project"])}.iam.gserviceaccount.com`;
  }

  private grants(): Grant[] {
    return grantsFor(this.roles(), this.settings());
  }

  private roles(): RoleRow[] {
    const text = fs.readFileSync(path.join(this.directories.checkout, TABLE), "utf8");
    return (JSON.parse(text) as { roles: RoleRow[] }).roles;
  }

  private settings(): Record<string, unknown> {
    const file = path.join(this.directories.program, `Pulumi.${this.stack}.yaml`);
    return readStackFile(file).config ?? {};
  }
}

/** @param settings of the stack, keys with their namespace */
export function grantsFor(
  roles: Omit<RoleRow, "uses" | "preflight">[],
  settings: Record<string, unknown>,
): Grant[] {
  return roles.flatMap(({ role, on, when }) => {
    const value = when === undefined ? settings["gcp:project"] : valueAt(settings, when);
    return value === undefined ? [] : [{ role, resource: resourceOf(on, value, settings) }];
  });
}

function resourceOf(on: RoleRow["on"], value: unknown, settings: Record<string, unknown>): string {
  const named = typeof value === "string" ? value : "";
  if (on === "bucket") return `projects/_/buckets/${named}`;
  return on === "secret" ? named : `projects/${String(settings["gcp:project"])}`;
}

/** The value of a key such as `weightsCache.bucket`. */
function valueAt(settings: Record<string, unknown>, key: string): unknown {
  const [first = "", ...rest] = key.split(".");
  return rest.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    settings[`${PROJECT}:${first}`],
  );
}
