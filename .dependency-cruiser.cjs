/** Which way imports may point (README, "The house"). `tests/architecture.test.ts` breaks each of these rules once and expects to be told. */

/** What the folders of src-main may import from src-main, besides their own. main.ts, which puts them together, may import all. */
const inner = {
  core: [],
  storage: ['core/'],
  stop: ['core/'],
  secrets: ['core/', 'sync-folder.ts'],
  connectors: ['core/'],
  elsewhere: ['core/', 'connectors/shared/'],
  calendar: ['core/', 'connectors/index.ts'],
  plan: ['core/', 'secrets/private-file.ts'],
  report: ['core/', 'calendar/', 'stop/'],
  yes: ['core/', 'calendar/', 'stop/', 'report/words.ts'],
  publisher: ['core/', 'stop/', 'secrets/', 'connectors/index.ts', 'elsewhere/index.ts'],
};
/** The outer ring is handed its parts: it may name the type of any, and import only these. `[^/]+` are the parts beside main.ts. */
const outer = {
  desktop: ['core/'],
  drill: ['core/', 'calendar/', 'stop/', 'storage/', '[^/]+.ts'],
  backup: ['core/', 'calendar/', 'stop/', 'storage/', '[^/]+.ts'],
  ipc: [
    'core/',
    'backup/',
    'calendar/',
    'stop/',
    'report/',
    'yes/',
    'secrets/',
    'drill/',
    'connectors/(index.ts|shared/)',
    'elsewhere/index.ts',
    '[^/]+.ts',
  ],
  cli: [
    'core/',
    'calendar/',
    'stop/',
    'report/',
    'yes/',
    'storage/',
    'secrets/',
    'connectors/(index.ts|shared/)',
    'desktop/data-dir.ts',
    '[^/]+.ts',
  ],
};

function folderRule(folder, others, typesToo) {
  const allowed = [`${folder}/`, ...others].map((place) => `^src-main/${place.replace('.ts', '\\.ts$')}`);
  if (folder === 'ipc') allowed.push('^src-preload/(contract|[a-z-]*views)\\.ts$');
  return {
    name: `${folder}-imports`,
    severity: 'error',
    comment: `src-main/${folder} imports from ${[`${folder}/`, ...others].join(', ')} and nowhere else in this project.`,
    from: { path: `^src-main/${folder}/` },
    to: {
      path: '^(src-main|src-renderer|src-preload|tests|tools)/',
      pathNot: allowed,
      ...(!typesToo && { dependencyTypesNot: ['type-only'] }),
    },
  };
}

const folderRules = [
  ...Object.entries(inner).map(([folder, others]) => folderRule(folder, others, true)),
  ...Object.entries(outer).map(([folder, others]) => folderRule(folder, others, false)),
];

const networkClients = '^(node:)?(http|https|http2|net|tls|dgram)$';
const clientPackages = 'node_modules/(undici|axios|got|ky|node-fetch|ws)/';

module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'The core knows no Node, no Electron and no package: what it needs is handed in.',
      from: { path: '^src-main/core/' },
      to: { pathNot: '^src-main/core/' },
    },
    {
      name: 'connectors-know-no-sibling',
      severity: 'error',
      comment: 'A connector imports its own folder, what connectors share, and the core.',
      from: { path: '^src-main/connectors/([^/]+)/' },
      to: { path: '^src-main/connectors/', pathNot: '^src-main/connectors/($1|shared)/' },
    },
    {
      name: 'services-know-no-sibling',
      severity: 'error',
      comment:
        'Another scheduler imports its own folder, what connectors and schedulers share, and the core.',
      from: { path: '^src-main/elsewhere/([^/]+)/' },
      to: { path: '^src-main/elsewhere/', pathNot: '^src-main/elsewhere/($1/|service-access\\.ts$)' },
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      comment: 'The entries start things; whatever is worth importing belongs in a part.',
      from: {},
      to: { path: '^src-main/(publisher/)?main\\.ts$' },
    },
    {
      name: 'renderer-imports-no-main',
      severity: 'error',
      comment: 'The window knows main only through the bridge.',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/|^tests/|^tools/' },
    },
    {
      name: 'renderer-imports-only-types-of-preload',
      severity: 'error',
      comment: 'Schemas and the preload stay out of the window.',
      from: { path: '^src-renderer/' },
      to: { path: '^src-preload/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-imports-only-zod',
      severity: 'error',
      comment: 'Both sides read the contract: it may pull nothing else in.',
      from: { path: '^src-preload/(contract|[a-z-]+requests)\\.ts$' },
      to: {
        pathNot: [
          'node_modules/zod/',
          '^src-preload/[a-z-]*views\\.ts$',
          '^src-preload/[a-z-]+requests\\.ts$',
        ],
      },
    },
    {
      name: 'contract-imports-only-types-of-views',
      severity: 'error',
      from: { path: '^src-preload/(contract|[a-z-]+requests)\\.ts$' },
      to: { path: '^src-preload/.*views\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'preload-imports-no-main',
      severity: 'error',
      comment: 'The preload runs in the window.',
      from: { path: '^src-preload/' },
      to: { path: '^(src-main|src-renderer|tests|tools)/' },
    },
    {
      name: 'only-the-publisher-reaches-out',
      severity: 'error',
      comment:
        'One process can publish, and only it has a way out. The desktop and the command line have local sockets.',
      from: { path: '^src-(main|preload|renderer)/', pathNot: '^src-main/(publisher|desktop|cli)/' },
      to: { path: [networkClients, clientPackages] },
    },
    {
      name: 'local-sockets-only',
      severity: 'error',
      comment:
        'Listening on the loopback, and a socket between the app and its command line: no TLS, no client packages.',
      from: { path: '^src-main/(desktop|cli)/' },
      to: { path: ['^(node:)?(https|http2|tls|dgram)$', clientPackages] },
    },
    {
      name: 'electron-stays-at-the-edge',
      severity: 'error',
      comment: 'Everything else runs in plain Node, where it is tested.',
      from: {
        path: '^src-',
        pathNot: [
          '^src-main/ipc/(serve|notify)\\.ts$',
          '^src-main/desktop/',
          '^src-main/main\\.ts$',
          '^src-preload/preload\\.ts$',
        ],
      },
      to: { path: ['^electron$', 'node_modules/electron/'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Types included: what two files share belongs in a third.',
      from: { path: '^src-' },
      to: { circular: true },
    },
    {
      name: 'no-cycles-when-run',
      severity: 'error',
      comment: 'Fixtures may know the types of each other.',
      from: { path: '^(tests|tools)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that leads nowhere.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
  ],
  options: {
    // TypeScript 7 has no API that the checker can use; without swc it would read nothing and find nothing wrong.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/node_modules/.*/node_modules/', '/\\.work/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
