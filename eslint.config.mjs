import next from 'eslint-config-next/core-web-vitals';
import nextTypescript from 'eslint-config-next/typescript';
import tseslint from 'typescript-eslint';

/** Folders that run unchanged in Node and in a browser; the ambient world is an argument there. */
const pure = ['procedure', 'record', 'merkle', 'evidence', 'sealing', 'ranking', 'ocds', 'flags'].map(
  (name) => `lib/${name}/**/*.ts`,
);

const ambient = [
  ['Date', 'now', 'Pass the time as an argument.'],
  ['Math', 'random', 'Pass random bytes as an argument.'],
  ['crypto', 'getRandomValues', 'Pass random bytes as an argument.'],
  ['crypto', 'randomUUID', 'Pass random bytes as an argument.'],
  ['performance', 'now', 'Pass the time as an argument.'],
].map(([object, property, message]) => ({ object, property, message }));

const config = [
  {
    ignores: [
      '.next/**',
      '.data/**',
      '.witness/**',
      'next-env.d.ts',
      'prisma/generated/**',
      'contracts/{out,cache,artifact}/**',
      'public/**',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  ...next,
  ...nextTypescript,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-implicit-coercion': ['error', { boolean: false }],
      'no-param-reassign': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
          message: "import * as z from 'zod': a fifth of the bundle.",
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // Static pages under public/ and the pages outside a language are no routes that a client-side link could reach.
      '@next/next/no-html-link-for-pages': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['lib/**/*.ts'], rules: { 'max-lines-per-function': ['error', { max: 60, skipComments: true }] } },
  {
    files: pure,
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'fetch',
        'window',
        'document',
        'localStorage',
        'require',
      ],
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Pass the time as an argument.',
        },
        {
          selector: "CallExpression[callee.name='Date']",
          message: 'Pass the time as an argument.',
        },
      ],
    },
  },
  {
    files: ['tests/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': 'off',
      // Playwright's fixtures are functions called `use`; they are no React hooks.
      'react-hooks/rules-of-hooks': 'off',
    },
  },
];

export default config;
