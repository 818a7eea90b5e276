/** JSON of Google's APIs. */
export type Json = Record<string, unknown>;
