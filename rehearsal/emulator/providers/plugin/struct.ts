import {
  ListValue,
  NullValue,
  Struct,
  Value as Proto,
} from "google-protobuf/google/protobuf/struct_pb";

import { isMap, mapValues, PropertyMap, Secret, UNKNOWN, Value } from "./values";

/** The key by which the engine marks a struct that stands for something else, and the mark of a secret. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The engine marks unknown values by the type that it expects; a provider needs just the fact. */
const UNKNOWN_SENTINELS = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/**
 * Reads the engine's properties; a missing struct is an empty map. Structs with another signature than a secret's
 * (assets, resource references) stay maps, so that writing them again gives back what was read.
 */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  const map: PropertyMap = {};
  struct?.getFieldsMap().forEach((value, key) => (map[key] = fromProto(key, value)));
  return map;
}

export function toStruct(properties: PropertyMap): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [key, value] of Object.entries(properties)) fields.set(key, toProto(value));
  return struct;
}

function fromProto(key: string, proto: Proto): Value {
  switch (proto.getKindCase()) {
    case Proto.KindCase.BOOL_VALUE:
      return proto.getBoolValue();
    case Proto.KindCase.NUMBER_VALUE:
      return proto.getNumberValue();
    case Proto.KindCase.STRING_VALUE:
      return UNKNOWN_SENTINELS.has(proto.getStringValue()) ? UNKNOWN : proto.getStringValue();
    case Proto.KindCase.LIST_VALUE:
      return (proto.getListValue()?.getValuesList() ?? []).map((item) => fromProto(key, item));
    case Proto.KindCase.STRUCT_VALUE:
      return fromMap(key, fromStruct(proto.getStructValue()));
    default:
      return null;
  }
}

function fromMap(key: string, map: PropertyMap): Value {
  if (map[SIGNATURE_KEY] !== SECRET_SIGNATURE) return map;
  if (map.value === undefined) throw new Error(`property "${key}": a secret without a value`);
  return new Secret(map.value);
}

function toProto(value: Value): Proto {
  const proto = new Proto();
  if (value === null) return proto.setNullValue(NullValue.NULL_VALUE);
  if (typeof value === "boolean") return proto.setBoolValue(value);
  if (typeof value === "number") return proto.setNumberValue(value);
  if (typeof value === "string") return proto.setStringValue(value);
  if (Array.isArray(value)) {
    return proto.setListValue(new ListValue().setValuesList(value.map(toProto)));
  }
  if (value instanceof Secret) {
    const secret: PropertyMap = { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: value.value };
    return proto.setStructValue(toStruct(secret));
  }
  if (value === UNKNOWN) return proto.setStringValue(UNKNOWN_STRING);
  if (isMap(value)) return proto.setStructValue(toStruct(value));
  throw new Error(`${typeof value}: not a property's value`);
}

/** JSON as properties: leaves out `undefined` as JSON does. */
export function fromJson(json: object): PropertyMap {
  const defined = Object.entries(json).filter(([, value]) => value !== undefined);
  return mapValues(Object.fromEntries(defined), (value) => jsonValue(value));
}

function jsonValue(value: unknown): Value {
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value === "object" && value !== null) return fromJson(value);
  return value as Value;
}
