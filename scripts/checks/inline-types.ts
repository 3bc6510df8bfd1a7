import { parseSync, Visitor } from 'oxc-parser';
import { type Check, lineAt } from './tree.ts';

/** `import('…').X` as a type escapes the check of imports; `import type` says the same and does not. */
export const inlineTypes: Check = (tree) =>
  tree.files
    .filter((path) => /^(src|jobs|training)\/.*[.]tsx?$/.test(path))
    .flatMap((path) => {
      const text = tree.text(path);
      const findings: string[] = [];
      new Visitor({
        TSImportType(node) {
          findings.push(`${path}:${lineAt(text, node.start)}: an inline import of a type; use \`import type\``);
        },
      }).visit(parseSync(path, text).program);
      return findings;
    });
