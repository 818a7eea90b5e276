import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/node_modules/**", "coverage/**", "policy-pack/bin/**"] },
  ...tseslint.configs.strict,
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
    // These rules read types, which takes most of the time of a lint: not for tests, whose promises jest awaits.
    files: [
      ...["index.ts", "member.ts", "gateway.ts"],
      ...["components", "config", "operations", "policy-pack", "rehearsal"].map(
        (folder) => `${folder}/**/*.ts`,
      ),
    ],
    ignores: ["**/test/**"],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { "@typescript-eslint/no-floating-promises": "error" },
  },
  {
    // The program does not know that it is rehearsed.
    files: ["**/*.ts"],
    ignores: ["rehearsal/**", "test/**", "scripts/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["**/rehearsal/**", "**/test/**"] }],
    },
  },
);
