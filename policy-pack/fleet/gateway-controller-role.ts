import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  resourcesOfType,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { isElsewhere } from "../nodes/grantScope";
import { grants, membersOf, serviceAccounts } from "../nodes/serviceAccounts";

import { features } from "./cloudTypes";
import { fleetOf } from "./fleet";
import { projectOf } from "./project";

const ROLE = "roles/container.admin";
const FEATURE = "multiclusteringress";
const API = "multiclusteringress.googleapis.com";
const AGENT = /^serviceAccount:service-\d+@gcp-sa-multiclusteringress\.iam\.gserviceaccount\.com$/;

const serviceIdentities = resourcesOfType("gcp:projects/serviceIdentity:ServiceIdentity");

export const gatewayControllerRole = stackPolicy({
  name: "gateway-controller-role",
  description: "Google's controller for multi-cluster gateways has the role that it needs.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give roles/container.admin to the service agent of multiclusteringress.googleapis.com " +
    "(member of a gcp.projects.ServiceIdentity) with an IAM member of the project. Where another " +
    "stack grants it, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/enabling-multi-cluster-gateways",
  settings: {},

  *judge(stack) {
    const enabled = stack.select(features).filter(({ props }) => props.at("name").text === FEATURE);
    if (enabled.length === 0) {
      return;
    }
    const agents = new Agents(stack);
    const projects = [...enabled, ...fleetOf(stack).clusters].map(projectOf);
    const inForce = stack.select(grants).filter((grant) => {
      return projects.some((project) => !isElsewhere(grant, project));
    });
    const given = inForce.map((grant) => agents.given(grant));
    if (given.includes(true)) {
      return;
    }
    const hidden = given.filter((each) => typeof each === "object");
    for (const { grant, value } of hidden) {
      yield on(grant, pending(value));
    }
    for (const feature of hidden.length === 0 ? enabled : []) {
      yield roleFinding(feature);
    }
  },
});

function roleFinding(feature: Resource): Finding {
  const problem =
    `nothing gives ${ROLE} to its service agent, ` +
    "service-<project number>@gcp-sa-multiclusteringress.iam.gserviceaccount.com, so no gateway " +
    "is ever programmed";
  const fix = `grant it with an IAM member to the gcp.projects.ServiceIdentity of ${API}`;
  return on(feature, violation(feature.props.at("name"), problem, fix));
}

/** The unknown value that hides who gets a grant. */
interface Hidden {
  readonly grant: Resource;
  readonly value: Value;
}

/** Distinguishes the agent of the controller from others, even before agents have an address. */
class Agents {
  private readonly own = new Set<string>();
  private readonly others = new Set<string>();

  constructor(stack: Stack) {
    for (const identity of stack.select(serviceIdentities)) {
      const set = identity.props.at("service").text === API ? this.own : this.others;
      set.add(identity.urn);
    }
    for (const account of stack.select(serviceAccounts)) {
      this.others.add(account.urn);
    }
  }

  /** Whether a grant gives the agent its role, or the unknown value that hides it. */
  given(grant: Resource): boolean | Hidden {
    const role = grant.props.at("role");
    if (!role.unknown && role.text !== ROLE) {
      return false;
    }
    const agent = this.isMemberOf(grant);
    return agent === true && role.unknown ? { grant, value: role } : agent;
  }

  private isMemberOf(grant: Resource): boolean | Hidden {
    const members = membersOf(grant);
    const sources = [...grant.dependenciesOf("member"), ...grant.dependenciesOf("members")];
    const comesFrom = (urns: ReadonlySet<string>) => sources.some((urn) => urns.has(urn));
    if (members.some(({ text }) => AGENT.test(text ?? "")) || comesFrom(this.own)) {
      return true;
    }
    const value = members.find(({ unknown }) => unknown);
    return value === undefined || comesFrom(this.others) ? false : { grant, value };
  }
}
