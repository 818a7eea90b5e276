import protos from "@google-cloud/container/build/protos/protos.json";

import type { JsonObject } from "../../../../emulator/cloud/json";
import { ENUM_NUMBERS } from "../../../../emulator/cloud/tables/enumNumbers";
import { Discovery, Method, Schema } from "../../../../emulator/cloud/wire/discovery";
import { asWanted, withNames } from "../../../../emulator/cloud/wire/enums";

const discovery = Discovery.in(process.env.DISCOVERY_DOCUMENTS ?? "");

function method(id: string, version = "v1"): Method {
  const found = discovery.versionsOf(id).find((m) => m.version === version);
  if (!found) throw new Error(`${id} ${version} is no method`);
  return found;
}

const CREATE = method("container.projects.locations.clusters.create");
const GET = method("container.projects.locations.clusters.get");

/** A cluster whose enums are spelt as somebody spells them. */
const cluster = (channel: unknown, gateway: unknown, components: unknown[]) =>
  ({
    name: "eu",
    initialNodeCount: 1,
    releaseChannel: { channel },
    networkConfig: { gatewayApiConfig: { channel: gateway } },
    monitoringConfig: { componentConfig: { enableComponents: components } },
  }) as JsonObject;
const NAMED = cluster("RAPID", "CHANNEL_STANDARD", ["SYSTEM_COMPONENTS", "DCGM"]);
const NUMBERED = cluster(1, 4, [1, 15]);

describe("enums of a request", () => {
  it("may be sent by their numbers", () => {
    expect(withNames({ cluster: NUMBERED }, CREATE)).toEqual({ cluster: NAMED });
    expect(withNames({ cluster: NAMED }, CREATE)).toEqual({ cluster: NAMED });
  });

  it("stay as they are where no value has the number", () => {
    const wrong = { cluster: cluster(99, 2, []) };
    expect(withNames(wrong, CREATE)).toEqual(wrong);
  });

  it("are known by their names alone where the numbers are not known", () => {
    const body = { routingConfig: { routingMode: 1 } };
    expect(withNames(body, method("compute.networks.insert"))).toEqual(body);
  });
});

describe("enums of an answer", () => {
  it.each([["$alt=json;enum-encoding=int"], ["alt=json; enum-encoding=int"]])(
    "are numbers for a client that asks for %s",
    (query) => {
      expect(asWanted(NAMED, GET, new URLSearchParams(query))).toEqual(NUMBERED);
    },
  );

  it.each([[""], ["$alt=json"], ["alt=media"]])("are names for one that asks for '%s'", (query) => {
    expect(asWanted(NAMED, GET, new URLSearchParams(query))).toEqual(NAMED);
  });
});

interface Proto {
  fields?: Record<string, { type: string }>;
  values?: Record<string, number>;
  nested?: Record<string, Proto>;
}

/** Every enum that the library has a number of, by schema and property, with its values as the document lists them. */
function enumsOf(version: "v1" | "v1beta1"): [string, string[], Record<string, number>][] {
  const { schemas } = method("container.projects.locations.clusters.get", version);
  const root = (protos as unknown as { nested: Record<string, Proto> }).nested.google?.nested
    ?.container?.nested?.[version];
  const messages = new Map<string, [Proto, Proto[]][]>();
  const visit = (within: Proto, around: Proto[]): void => {
    for (const [name, proto] of Object.entries(within.nested ?? {})) {
      const chain = [proto, ...around];
      messages.set(name, [...(messages.get(name) ?? []), [proto, chain]]);
      visit(proto, chain);
    }
  };
  if (root) visit(root, [root]);
  return Object.entries(schemas).flatMap(([schema, { properties = {} }]) =>
    Object.entries(properties).flatMap(([property, value]) => {
      const names = namesOf(value);
      return (messages.get(schema) ?? []).flatMap(([{ fields = {} }, chain]) => {
        const type = Object.entries(fields).find(([name]) => camelCase(name) === property)?.[1]
          .type;
        const numbers = type === undefined ? undefined : numbersOf(type, chain);
        return names && numbers
          ? [
              [`${schema}.${property}`, names, numbers] as [
                string,
                string[],
                Record<string, number>,
              ],
            ]
          : [];
      });
    }),
  );
}

function namesOf({ enum: names, items }: Schema): string[] | undefined {
  return names ?? items?.enum;
}

/** Of an enum by its name, seen from inside out. */
function numbersOf(type: string, chain: Proto[]): Record<string, number> | undefined {
  const found = chain.map((from) =>
    type.split(".").reduce<Proto | undefined>((at, part) => at?.nested?.[part], from),
  );
  return found.find((proto) => proto?.values)?.values;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

it.each(["v1", "v1beta1"] as const)("numbers are those of Google's library, in %s", (version) => {
  const enums = enumsOf(version);
  expect(enums.length).toBeGreaterThan(80);
  const wrong = enums.flatMap(([field, names, numbers]) =>
    names
      .map((name, place) => ({ field, name, number: ENUM_NUMBERS[field]?.[name] ?? place }))
      // What the document alone knows has a number that the library does not tell.
      .filter(({ name, number }) => numbers[name] !== undefined && numbers[name] !== number),
  );
  expect(wrong).toEqual([]);
});
