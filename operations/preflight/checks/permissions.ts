import { DEPLOYER_ROLES, type DeployerRole } from "../../../catalog/deployerRoles";
import { type Finding, ok, problem, unknown } from "../finding";
import { BUCKETS, PROJECTS, SECRETS } from "../google/apis";
import { GoogleRefusal } from "../google/refusal";
import { grantCommand } from "../grant";
import { allAnswered } from "../notAsked";
import type { Target } from "../target";

import type { Check } from "./check";

/** What one request asks for; the references name no limit. */
const BATCH = 100;

/** Google refuses a list with a permission that a resource of this kind cannot have, and names one of them. */
const NOT_VALID = /^Permission (\S+) is not valid for this resource/;

export const permissions: Check = {
  name: "permissions",
  asks: "whether the account has every permission of docs/roles.md for the stack's options",
  ask: (target) => {
    const roles = DEPLOYER_ROLES.filter((role) => isNeeded(role, target));
    const places = [...new Set(roles.map(({ on }) => on))];
    return allAnswered(
      target,
      places.map(
        (on) => () =>
          findingsOn(
            on,
            roles.filter((role) => role.on === on),
            target,
          ),
      ),
    );
  },
};

function isNeeded({ when }: DeployerRole, { settings }: Target): boolean {
  if (when === undefined) return true;
  const value = when
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], settings);
  return value !== undefined;
}

async function findingsOn(
  on: DeployerRole["on"],
  roles: DeployerRole[],
  target: Target,
): Promise<Finding[]> {
  const asked = [...new Set(roles.flatMap(({ uses }) => uses))];
  const { held, refused } = await heldOf(asked, on, target).catch((error: unknown) => {
    if (on === "project" || !(error instanceof GoogleRefusal)) throw error;
    // Whether it exists is another check's question.
    if (error.reason !== "missing") throw error;
    return { held: undefined, refused: [] };
  });
  if (held === undefined) return [];
  const lacking = roles.flatMap((role) => lackingOf(role, [...held, ...refused], target));
  const fine = ok(
    `${asked.length} permissions on the ${on}: ${roles.length} roles of docs/roles.md`,
  );
  const odd = refused.map((permission) =>
    unknown(`${permission}: not asked, because Google does not know it for a ${on}`),
  );
  return [...(lacking.length > 0 ? lacking : [fine]), ...odd];
}

function lackingOf(role: DeployerRole, held: string[], target: Target): Finding[] {
  const missing = role.uses.filter((permission) => !held.includes(permission));
  const [first] = missing;
  if (first === undefined) return [];
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
  const found = `${role.role} on the ${role.on} is missing, for: ${role.for} (${first}${more})`;
  return [problem(found, grantCommand(target, role))];
}

/** The permissions that the account has, and those that Google does not take. */
async function heldOf(
  asked: string[],
  on: DeployerRole["on"],
  target: Target,
): Promise<{ held: string[]; refused: string[] }> {
  const batches = Array.from({ length: Math.ceil(asked.length / BATCH) }, (_, i) =>
    asked.slice(i * BATCH, (i + 1) * BATCH),
  );
  const answers = await Promise.all(batches.map((batch) => testAll(batch, on, target)));
  return {
    held: answers.flatMap(({ held }) => held),
    refused: answers.flatMap(({ refused }) => refused),
  };
}

async function testAll(
  asked: string[],
  on: DeployerRole["on"],
  target: Target,
): Promise<{ held: string[]; refused: string[] }> {
  try {
    return { held: await test(asked, on, target), refused: [] };
  } catch (error) {
    const [, odd] = (error instanceof GoogleRefusal && NOT_VALID.exec(error.message)) || [];
    if (odd === undefined || !asked.includes(odd)) throw error;
    const rest = await testAll(
      asked.filter((permission) => permission !== odd),
      on,
      target,
    );
    return { held: rest.held, refused: [odd, ...rest.refused] };
  }
}

async function test(
  permissionsAsked: string[],
  on: DeployerRole["on"],
  { google, project, settings, token }: Target,
): Promise<string[]> {
  const body = { permissions: permissionsAsked };
  const ask = () => {
    switch (on) {
      case "project":
        return google.ask<Held>(`${PROJECTS}/${project}:testIamPermissions`, body);
      case "secret": {
        const secret = token.kind === "secret-manager" ? token.secret : "";
        const url = `${SECRETS}/${secret}:testIamPermissions`;
        return google.ask<Held>(url, body);
      }
      case "bucket": {
        const { weightsCache } = settings;
        const bucket = weightsCache.kind === "bucket" ? weightsCache.bucket : "";
        const query = permissionsAsked.map((each) => `permissions=${each}`).join("&");
        return google.get<Held>(`${BUCKETS}/${bucket}/iam/testPermissions?${query}`);
      }
    }
  };
  return (await ask()).permissions ?? [];
}

interface Held {
  permissions?: string[];
}
