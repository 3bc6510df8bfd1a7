import { expect, test } from 'vitest';
import { keptTrace, toldTrace, WHY } from '#domain/trace-words.ts';

const entry = (why: { da: string; en: string }) => ({ rule: 1, name: 'open-case', matched: false, why }) as const;

test.each(Object.entries(WHY))('%s stands in the journal as a word and is told as its sentence', (word, sentence) => {
  const kept = keptTrace([entry(sentence)]);
  expect(kept).toEqual([{ rule: 1, matched: false, why: word }]);
  expect(toldTrace(kept)).toEqual([{ rule: 1, matched: false, why: sentence }]);
});

test('a sentence that names a unit stays as it was said, and so does every line from before the words', () => {
  const named = entry({ da: 'Barnets adresse → Nørrebro', en: "The child's address → Nørrebro" });
  const asOnceWritten = [named, { ...entry({ ...WHY['no-open-case'] }), candidates: ['bbu-norrebro'] }];
  expect(toldTrace(keptTrace(asOnceWritten))).toEqual(
    asOnceWritten.map(({ rule, matched, why }) => ({ rule, matched, why })),
  );
  expect(toldTrace(asOnceWritten)).toEqual(toldTrace(keptTrace(asOnceWritten)));
});
