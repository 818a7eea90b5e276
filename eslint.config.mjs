import { readFileSync } from "node:fs";

import markdown from "@eslint/markdown";
import pulumi from "@pulumi/eslint-plugin";
import { load } from "js-yaml";
import tseslint from "typescript-eslint";

import { wording } from "./scripts/prose/wording.mjs";

/** The files whose prose is checked, and what is read in them; scripts/prose/rules.yaml has the phrases. */
const PROSE = [
  {
    files: ["**/*.md"],
    kinds: ["markdown"],
  },
  // Messages of the emulator are Google's own words.
  { files: ["rehearsal/emulator/**/*.ts"], kinds: ["comment"] },
  {
    files: [
      "*.ts",
      "{catalog,checks,components,config,cost,customResources,examples,operations}/**/*.ts",
      "rehearsal/{commands,scenarios,stage,toolchain}/**/*.ts",
      "scripts/**/*.{ts,mjs}",
    ],
    kinds: ["comment", "message"],
  },
  {
    files: ["policy-pack/**/*.ts"],
    ignores: ["policy-pack/test/**"],
    kinds: ["comment", "message"],
  },
];

const prose = {
  rules: { wording: wording(load(readFileSync("scripts/prose/rules.yaml", "utf8"))) },
};

/** Rules that read types are in `.oxlintrc.json`: they need a compiler, and oxlint has one that takes a tenth of the time. */
export default tseslint.config(
  { ignores: ["**/node_modules/**", "coverage/**", "policy-pack/bin/**"] },
  { files: ["**/*.{ts,js,mjs,cjs}"], extends: [tseslint.configs.strict] },
  // CommonJS, loaded by Node as it is.
  { files: ["**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  {
    files: ["**/*.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      // A line for a short `if`; what takes a second line takes braces.
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-console": "off",
      "prefer-const": "error",
    },
  },
  {
    // The program does not know that it is rehearsed.
    files: ["**/*.ts"],
    ignores: ["rehearsal/**", "test/**", "policy-pack/test/**", "scripts/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["**/rehearsal/**", "**/test/**"] }],
    },
  },
  { files: ["**/*.md"], language: "markdown/gfm", plugins: { markdown } },
  ...PROSE.map(({ kinds, ...where }) => ({
    ...where,
    plugins: { prose },
    rules: { "prose/wording": ["error", { kinds }] },
  })),
);
