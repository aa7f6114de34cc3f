import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "out/", "node_modules/", ".vscode-test/", "samples/", "test/vscode/fixtures/", "test/**/fixtures/", "bench/kernels/"] },
  {
    files: ["src/**/*.ts", "webview/**/*.ts", "test/**/*.ts", "bench/**/*.ts"],
    ignores: ["src/api.d.ts"],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      // `list[i]!` after a bounds check is how hot loops read; the compiler's own strictness stays.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      // `== null` is how null and undefined are asked for together.
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-require-imports": ["error", { allowAsImport: true, allow: ["^@babel/"] }],
      "@typescript-eslint/no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }],
      // Members computed from others are how flags and tags are written.
      "@typescript-eslint/prefer-literal-enum-member": "off",
      "prefer-const": ["error", { ignoreReadBeforeAssign: true }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Programs under test do what programs do.
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  {
    files: ["test/programs/**/*.ts"],
    rules: {
      // Who adds to a shared variable has used it: another task sees it.
      "@typescript-eslint/no-unused-vars": "off",
    },
  },
);
