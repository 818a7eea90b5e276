import type { Font } from "./text";

/** A frame with lines of text, and further boxes below them. */
export interface Box {
  kind: BoxKind;
  /** Unique in the picture. */
  id: string;
  rows: Row[];
  inside: Box[];
}

export type BoxKind =
  | "page"
  | "clients"
  | "gateway"
  | "address"
  | "region"
  | "drained"
  | "cluster"
  | "objects"
  | "pool"
  | "servers"
  | "gpus"
  | "nodes"
  | "label"
  | "legend";

/** A text over the width of its box, and one at the right end that goes below it where both do not fit. */
export interface Row {
  text: string;
  look: Look;
  right?: string;
}

export type Look = keyof typeof FONTS;

export const FONTS = {
  title: { size: 19, bold: true },
  heading: { size: 14, bold: true },
  strong: { size: 12, bold: true },
  plain: { size: 12, bold: false },
  muted: { size: 11, bold: false },
  alert: { size: 12, bold: true },
} satisfies Record<string, Font>;
