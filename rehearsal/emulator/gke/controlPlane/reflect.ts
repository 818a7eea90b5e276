/**
 * The three functions of the reflect-metadata proposal that tsyringe, and with it @peculiar/x509,
 * calls while it is loaded: it refuses to load without them. Import this module before x509.
 */
type Metadata = Map<unknown, unknown>;

const metadataOf = new WeakMap<object, Metadata>();

const functions = {
  defineMetadata(key: unknown, value: unknown, target: object): void {
    const metadata = metadataOf.get(target) ?? new Map<unknown, unknown>();
    metadataOf.set(target, metadata.set(key, value));
  },
  getOwnMetadata(key: unknown, target: object): unknown {
    return metadataOf.get(target)?.get(key);
  },
  getMetadata(key: unknown, target: object): unknown {
    for (let at: object | null = target; at; at = Object.getPrototypeOf(at) as object | null) {
      if (metadataOf.get(at)?.has(key)) return metadataOf.get(at)?.get(key);
    }
    return undefined;
  },
};

if (!("getMetadata" in Reflect)) Object.assign(Reflect, functions);
