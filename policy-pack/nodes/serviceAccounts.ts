import {
  append,
  type Resource,
  resourcesOfType,
  type Selector,
  type Stack,
  type Value,
} from "../frame";

export const serviceAccounts = resourcesOfType("gcp:serviceaccount/account:Account");

/** `gcp:projects/iAMMember:IAMMember`, `gcp:secretmanager/secretIamBinding:SecretIamBinding`. */
const GRANT = /^gcp:.*:\w*Iam(?:Member|Binding)$/i;

/** Resources that grant a role to one or more members, on any resource of Google Cloud. */
export const grants: Selector = {
  label: "IAM members and bindings",
  matches: ({ type }) => GRANT.test(type),
};

/** A service account: its resource if this stack makes it, otherwise its email. */
export type Identity = Resource | string;

/** The members of a grant: one in `member`, or a list in `members`. */
export function membersOf(grant: Resource): readonly Value[] {
  const member = grant.props.at("member");
  if (!member.absent) {
    return [member];
  }
  const members = grant.props.at("members");
  return members.unknown ? [members] : (members.items ?? []);
}

/**
 * Resolves service accounts and their roles. On a first preview no email is known, but the resource
 * that it will come from is.
 */
export class ServiceAccounts {
  private readonly accounts: ReadonlyMap<string, Resource>;
  private readonly accountOfEmail: ReadonlyMap<string, Resource>;
  private readonly grants: ReadonlyMap<string, Resource>;
  private readonly grantsOf = new Map<Identity, Resource[]>();

  constructor(stack: Stack) {
    const accounts = stack.select(serviceAccounts);
    this.accounts = new Map(accounts.map((account) => [account.urn, account]));
    this.accountOfEmail = new Map(accounts.map((account) => [emailOf(account) ?? "", account]));
    this.grants = new Map(stack.select(grants).map((grant) => [grant.urn, grant]));
    for (const grant of this.grants.values()) {
      for (const identity of this.identitiesIn(grant)) {
        append(this.grantsOf, identity, grant);
      }
    }
  }

  /** The account that a value names; undefined if it names none, or is not known yet. */
  identityAt(resource: Resource, value: Value): Identity | undefined {
    const email = lastPart(value.text ?? "");
    const known = email === "" ? undefined : this.accountOfEmail.get(email);
    if (known !== undefined || value.absent) {
      return known;
    }
    const sources = this.behind(resource, value);
    const source = sources.length === 1 ? sources[0] : undefined;
    // An account that already has another email is not the one that the value names.
    if (source !== undefined && (value.unknown || !source.props.at("email").present)) {
      return source;
    }
    return email === "" ? undefined : email;
  }

  /** The IAM members and bindings that give an account something. */
  grantsTo(identity: Identity): readonly Resource[] {
    return this.grantsOf.get(identity) ?? [];
  }

  /**
   * The accounts of this stack that a property's value comes from. A program that waits for grants
   * takes the email from them, so this also follows the sources of grants.
   */
  behind(resource: Resource, value: Value): readonly Resource[] {
    const urns = resource.dependenciesOf(String(value.keys[0]));
    const direct = this.accountsAmong(urns);
    if (direct.length > 0) {
      return direct;
    }
    const granted = urns
      .map((urn) => this.grants.get(urn))
      .flatMap((grant) => (grant === undefined ? [] : memberSourcesOf(grant)));
    return this.accountsAmong(granted);
  }

  private accountsAmong(urns: readonly string[]): readonly Resource[] {
    const accounts = [...new Set(urns)].map((urn) => this.accounts.get(urn));
    return accounts.filter((account) => account !== undefined);
  }

  private identitiesIn(grant: Resource): ReadonlySet<Identity> {
    const members = membersOf(grant);
    const known = members.flatMap((member) => this.identityAt(grant, member) ?? []);
    const hidden = members.filter(({ unknown }) => unknown);
    return new Set([...known, ...hidden.flatMap((member) => this.behind(grant, member))]);
  }
}

function memberSourcesOf(grant: Resource): readonly string[] {
  return [...grant.dependenciesOf("member"), ...grant.dependenciesOf("members")];
}

/** The email that Google Cloud returned, otherwise the one that it will assign. */
function emailOf(account: Resource): string | undefined {
  const { props, provider } = account;
  const id = props.at("accountId").text;
  const own = props.at("project");
  const project = own.absent ? provider?.props.at("project").text : own.text;
  const made = id && project ? `${id}@${project}.iam.gserviceaccount.com` : undefined;
  return props.at("email").text ?? made;
}

/** The email in `serviceAccount:<email>`, or in an account's full name. */
function lastPart(text: string): string {
  return text.split(/[:/]/).at(-1) ?? "";
}
