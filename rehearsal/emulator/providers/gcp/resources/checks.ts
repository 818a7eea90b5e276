import { Value } from "../../plugin";

/** Checks of values, worded as the real provider's validators. */

export function matching(pattern: RegExp) {
  return (value: Value, attribute: string): string | undefined => {
    if (pattern.test(String(value))) return undefined;
    return `"${attribute}" ("${String(value)}") doesn't match regexp "${pattern.source}"`;
  };
}

export const computeName = matching(/^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/);

export function between(min: number, max: number) {
  return (value: Value, attribute: string): string | undefined => {
    const number = Number(value);
    if (number >= min && number <= max) return undefined;
    return `expected ${attribute} to be in the range (${min} - ${max}), got ${String(value)}`;
  };
}

export function atLeast(min: number) {
  return (value: Value, attribute: string): string | undefined =>
    Number(value) >= min
      ? undefined
      : `expected ${attribute} to be at least (${min}), got ${String(value)}`;
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

export function cidr(value: Value, attribute: string): string | undefined {
  const match = CIDR.exec(String(value))?.slice(1).map(Number);
  const [prefix = 33] = match?.slice(4) ?? [];
  if (match?.slice(0, 4).every((octet) => octet <= 255) && prefix <= 32) return undefined;
  return `"${attribute}" is not a valid IP CIDR range: invalid CIDR address: ${String(value)}`;
}

/** GKE's limits of a cluster's name, which the provider knows itself. */
export function clusterName(value: Value, attribute: string): string | undefined {
  const name = String(value);
  if (name.length > 40) return `"${attribute}" cannot be longer than 40 characters`;
  if (!/^[a-z0-9-]+$/.test(name)) {
    return `"${attribute}" can only contain lowercase letters, numbers and hyphens`;
  }
  if (!/^[a-z]/.test(name)) return `"${attribute}" must start with a letter`;
  if (!/[a-z0-9]$/.test(name)) return `"${attribute}" must end with a number or a letter`;
  return undefined;
}

export function accountId(value: Value, attribute: string): string | undefined {
  const { length } = String(value);
  if (length < 6 || length > 30) return `"${attribute}" must be between 6 and 30 characters long`;
  return matching(/^[a-z]([-a-z0-9]*[a-z0-9])?$/)(value, attribute);
}

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|projectOwners|projectReaders|projectWriters|[^:]+:.+)$/;

export function iamMember(value: Value, attribute: string): string | undefined {
  const member = String(value);
  if (member.startsWith("deleted:")) {
    return (
      `invalid value for ${attribute} (Terraform does not support IAM members for deleted ` +
      "principals)"
    );
  }
  if (MEMBER.test(member)) return undefined;
  return (
    `invalid value for ${attribute} (IAM members must have one of the values outlined ` +
    "here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding)"
  );
}

export const serviceAccountName = matching(
  /^projects\/[^/]+\/serviceAccounts\/[^/@]+@(?:[^/]+\.iam|[a-z]+)\.gserviceaccount\.com$/,
);

export function serviceName(value: Value, attribute: string): string | undefined {
  if (String(value).includes(".")) return undefined;
  return (
    `"${attribute}" must be a valid API name such as "compute.googleapis.com", got ` +
    `"${String(value)}"`
  );
}
