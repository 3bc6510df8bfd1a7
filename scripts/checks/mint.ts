import { parseSync, Visitor } from 'oxc-parser';
import { type Check, lineAt } from './tree.ts';

/** The edges, where a login or a start of the system ends in a scope; training, tests and benches play such edges. */
const mayMint =
  /^(src\/domain\/scope[.]ts|src\/api\/context[.]ts|jobs\/main[.]ts|src\/entry\/cli([.]ts|\/.*)|(training|test|bench)\/.*)$/;
const scopeModule = /(^#domain\/|^[.]{1,2}\/(.*\/)?)scope[.]ts$/;

/** A scope proves who asked only as long as few files can make one. Type imports are free. */
export const mint: Check = (tree) =>
  tree.files
    .filter((path) => /[.]tsx?$/.test(path) && !mayMint.test(path))
    .flatMap((path) => {
      const text = tree.text(path);
      const findings: string[] = [];
      const report = (offset: number) => findings.push(`${path}:${lineAt(text, offset)}: imports the mint of scopes`);
      new Visitor({
        ImportDeclaration(node) {
          if (!scopeModule.test(node.source.value) || node.importKind === 'type') return;
          if (node.specifiers.some((s) => s.type !== 'ImportSpecifier' || nameOf(s.imported) === 'mintScope')) {
            report(node.start);
          }
        },
        ExportNamedDeclaration(node) {
          if (!node.source || !scopeModule.test(node.source.value)) return;
          if (node.specifiers.some((s) => nameOf(s.local) === 'mintScope')) report(node.start);
        },
        ExportAllDeclaration(node) {
          if (scopeModule.test(node.source.value) && node.exportKind !== 'type') report(node.start);
        },
        ImportExpression(node) {
          if (node.source.type === 'Literal' && scopeModule.test(String(node.source.value))) report(node.start);
        },
      }).visit(parseSync(path, text).program);
      return findings;
    });

const nameOf = (name: { type: string; name?: string; value?: unknown }): unknown => name.name ?? name.value;
