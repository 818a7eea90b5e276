import { admit, ServiceMethod } from "../access/admission";
import { Calls } from "../calls";
import { Cloud } from "../cloud";
import { ApiError } from "../errors";
import { Faults } from "../faults";
import { isObject, JsonObject } from "../json";
import { byProjectId } from "../projects";
import { checkAnswer } from "./answers";
import { Call } from "./call";
import { Discovery, Method } from "./discovery";
import { asWanted } from "./enums";
import { onWire } from "./onWire";
import { answerIdentity } from "./identity";
import { checkRequest } from "./requests";
import type { GoogleAnswer, GoogleRequest } from "./exchange";

export interface GoogleApisParts {
  cloud: Cloud;
  discovery: Discovery;
  methods: readonly ServiceMethod[];
  faults: Faults;
  calls: Calls;
}

/** Google's APIs behind one address: finds the method that a request means, holds both sides against its document. */
export class GoogleApis {
  private readonly methods: Map<string, ServiceMethod>;
  /** What was answered and no version of Google's API would answer, each once. */
  private readonly wrongAnswers = new Set<string>();
  /** What clients sent and only the server sets, each once. */
  private readonly ignoredFields = new Set<string>();

  constructor(private readonly parts: GoogleApisParts) {
    this.methods = new Map(parts.methods.map((method) => [method.id, method]));
  }

  /** One line for each: none unless the emulation is wrong. */
  get faults(): string[] {
    return [...this.wrongAnswers].sort();
  }

  get ignored(): string[] {
    return [...this.ignoredFields].sort();
  }

  /** @throws ApiError */
  async answer(request: GoogleRequest): Promise<GoogleAnswer> {
    const { cloud, discovery, faults, calls } = this.parts;
    const { host, verb, pathname, authorization } = request;
    const identity = answerIdentity(cloud.callers, request);
    if (identity) return identity;
    const found = discovery.find(host, verb, pathname);
    if (!found) throw new ApiError("NOT_FOUND", "Method not found.", "notFound");
    const { method } = found;
    calls.count(method.api);
    const caller = cloud.callers.of(authorization);
    const { query, body, ignored } = checkRequest(method, request.query, request.body);
    ignored.forEach((field) => this.ignoredFields.add(field));
    const call: Call = { ...byProjectId(cloud.store, found), query, body, caller };
    faults.check(describe(cloud, call));
    const served = this.methods.get(method.id);
    if (!served) throw new ApiError("UNIMPLEMENTED", `${method.id} is not emulated.`);
    admit(cloud, served, call);
    const json = await served.handle(call);
    cloud.store.flush();
    return this.checked(method, json as JsonObject, query);
  }

  private checked(method: Method, json: JsonObject, query: URLSearchParams): GoogleAnswer {
    const { body, faults } = checkAnswer(this.parts.discovery, method, onWire(json, method));
    faults.forEach((fault) => this.wrongAnswers.add(fault));
    if (!method.response) return { status: 204 };
    return { status: 200, body: asWanted(body, method, query) };
  }
}

/** A call as it is the same in every run: without the random names of operations, with the name of what it makes. */
function describe({ operations }: Cloud, { method, name, query, body }: Call): string {
  const operation = operations.get(name);
  if (operation) return `${method.verb} ${operation.body.verb} ${operation.body.target}`;
  const parts = [body, ...Object.values(body).filter(isObject)];
  const made = parts.map((part) => part.name ?? part.accountId).find((n) => typeof n === "string");
  return `${method.id} ${name}?${query.toString()} ${String(made ?? "")}`;
}
