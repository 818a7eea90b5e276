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

/** Resources that give a role to a member, or to a list of them, on whatever Google Cloud has. */
export const grants: Selector = {
  label: "IAM members and bindings",
  matches: ({ type }) => GRANT.test(type),
};

/** Who a service account is: its resource where this stack makes it, else its email. */
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
 * Which place names which service account, and which roles that has. On a first preview no email
 * is known, but the resource that it will come from is.
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

  /** The account that a value names; undefined where there is none, or it is not known yet. */
  identityAt(resource: Resource, value: Value): Identity | undefined {
    const email = lastPart(value.text ?? "");
    const known = email === "" ? undefined : this.accountOfEmail.get(email);
    if (known !== undefined || value.absent) {
      return known;
    }
    const sources = this.behind(resource, value);
    const source = sources.length === 1 ? sources[0] : undefined;
    // An account that Google Cloud gave an email already, and another one, is not meant.
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
   * The accounts of this stack that a property's value comes from. A program that waits for the
   * grants takes the email from them instead, so it looks one step behind those as well.
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

/** As Google Cloud answers, else as it will make it. */
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
