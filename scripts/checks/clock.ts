import { parseSync, Visitor } from 'oxc-parser';
import { type Check, lineAt } from './tree.ts';

const CLOCK = 'src/platform/clock.ts';
const source = /^(src|jobs)\/.*[.]tsx?$/;
const model = /^prisma\/.*[.](prisma|sql)$/;

/** PostgreSQL's and Prisma's ways to read the clock. `.now()` is a method of ours and passes. */
const sqlClock =
  /(?<![.\w])(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIME|LOCALTIMESTAMP)\b|'(now|today|tomorrow|yesterday)'\s*::|@updatedAt\b/i;

/** Time is read once, at the edge, and passed on: no other clock in code, in SQL or in models. */
export const clock: Check = (tree) =>
  tree.files.flatMap((path) => {
    if (path !== CLOCK && source.test(path)) return inSource(path, tree.text(path));
    if (model.test(path)) return inModel(path, tree.text(path));
    return [];
  });

const inModel = (path: string, text: string): readonly string[] =>
  text.split('\n').flatMap((line, index) => {
    const found = sqlClock.exec(line.replace(path.endsWith('.sql') ? /--.*/ : /\/\/.*/, ''));
    return found ? [`${path}:${index + 1}: the database reads the clock: ${found[0]}`] : [];
  });

const inSource = (path: string, text: string): readonly string[] => {
  const findings: string[] = [];
  const report = (offset: number, what: string) => findings.push(`${path}:${lineAt(text, offset)}: ${what}`);
  const inText = (offset: number, value: string) => {
    const found = sqlClock.exec(value);
    if (found) report(offset, `the database reads the clock: ${found[0]}`);
  };
  new Visitor({
    MemberExpression(node) {
      const name = text.slice(node.start, node.end).replaceAll(/\s|[?]|globalThis[.]|window[.]/g, '');
      if (/^(Date[.]now|performance[.](now|timeOrigin)|process[.]hrtime|(\w+[.])*Now)$/.test(name)) {
        report(node.start, `${name} reads the clock; take \`now\` as an argument`);
      }
    },
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        report(node.start, 'new Date() reads the clock; take `now` as an argument');
      }
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date') {
        report(node.start, 'Date() reads the clock; take `now` as an argument');
      }
    },
    Literal(node) {
      if (typeof node.value === 'string') inText(node.start, node.value);
    },
    TemplateElement(node) {
      inText(node.start, node.value.raw);
    },
  }).visit(parseSync(path, text).program);
  return findings;
};
