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
);
