// Correctness rules; the formatter owns the layout. tests/architecture.test.ts checks what belongs where.
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/", "**/*.mjs", "**/*.cjs", "eslint.config.js"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: false },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      // `return step(work)` ends a branch of a switch; both sides are void.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      // Control characters are what this program reads: naming them in an expression is its business.
      "no-control-regex": "off",
    },
  },
  // A function that is longer does more than one thing. Tests are lists, and may be as long as they are.
  {
    files: ["src/**", "runner/**", "reporters/**", "bench/**"],
    rules: { "max-lines-per-function": ["error", { max: 60 }] },
  },
);
