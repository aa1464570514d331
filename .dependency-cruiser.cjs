// Which folder may import what. See "The house" in README.md; change a rule here together with a decision note.

const pure = [
  'procedure',
  'record',
  'merkle',
  'evidence',
  'sealing',
  'ranking',
  'ocds',
  'flags',
  'audit',
  'tender-check',
];
/** Small audited libraries for cryptography and schemas. */
const pureLibraries = ['@noble/', '@hpke/', 'zod', 'canonicalize', 'merkletreejs'];

/** For each pure folder: the other pure folders that lie below it. */
const below = {
  merkle: [],
  record: ['merkle'],
  ranking: ['record'],
  sealing: ['record'],
  procedure: ['record', 'merkle', 'ranking', 'sealing'],
  ocds: ['record', 'ranking', 'procedure'],
  evidence: ['record', 'merkle'],
  audit: ['record', 'merkle', 'evidence', 'procedure'],
  'tender-check': ['record', 'ranking', 'sealing', 'procedure', 'evidence', 'audit'],
  flags: ['record', 'ranking', 'procedure', 'ocds'],
};

const downwards = pure.map((name) => ({
  name: `pure-${name}-downwards`,
  comment: `lib/${name} imports only ${['itself', ...below[name].map((other) => `lib/${other}`)].join(', ')}.`,
  severity: 'error',
  from: { path: `^lib/${name}/` },
  to: {
    path: '^(lib|app|components|prisma|contracts|tests)/',
    pathNot: `^lib/(${[name, ...below[name]].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'pure-libraries-only',
      comment: 'Pure folders use no Node built-in and only small audited libraries.',
      severity: 'error',
      from: { path: `^lib/(${pure.join('|')})/` },
      to: { path: '^node_modules/', pathNot: `^node_modules/(${pureLibraries.join('|')})` },
    },
    {
      name: 'pure-no-node',
      severity: 'error',
      from: { path: `^lib/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      // Types vanish when compiled: a cycle of them cannot leave anything undefined at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'browser-code-stays-in-the-browser',
      comment: 'lib/browser uses pure code only: no server, no Node.',
      severity: 'error',
      from: { path: '^lib/browser/' },
      to: { path: '^lib/(server|worker|cli|demo)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'adapters-never-use-operations',
      severity: 'error',
      from: { path: '^lib/server/(chain|embedded|pdf|storage|mail)' },
      to: { path: '^lib/server/operations/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-below-pages-and-commands',
      severity: 'error',
      from: { path: '^lib/server/' },
      to: { path: '^(app|components|lib/(browser|cli|worker|demo))/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pages-use-operations-and-queries',
      comment: 'Pages and components talk neither to the database nor to the chain.',
      severity: 'error',
      from: { path: '^(app|components)/' },
      to: {
        path: '^(lib/server/(db|migrate|chain/|embedded/)|prisma/|node_modules/(@prisma|ethers|pg)(/|$))',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'components-do-not-reach-the-server',
      severity: 'error',
      comment: 'Except the read models, for components that are rendered on the server.',
      from: { path: '^components/' },
      to: { path: '^lib/(server/(?!queries/)|worker/|cli/|demo/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-pages',
      severity: 'error',
      comment: 'Except server actions, which live beside the pages and are called by forms.',
      from: { path: '^(lib|components)/' },
      to: { path: '^app/', pathNot: '/actions\\.ts$' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(app|lib|components|contracts)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(@/|\\./|\\.\\./)?.*\\.css$' },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: {
        path: '^(app|lib|components)/',
        pathNot: '^lib/(cli/(test|check|phases|chromium)|bench/(in-chromium|verify))\\.ts$',
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|prisma/generated)' },
    exclude: { path: '^(\\.next|contracts/(out|cache))' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
