/** JSON of Google's APIs. */
export interface Json {
  [key: string]: unknown;
}
