import type { DestructionChange } from '#domain/destruction.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { exportRecords } from '#usecases/export-records.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readChange } from '#usecases/read-setup.ts';
import { administrator } from './administrators.ts';
import type { TestWorld } from './context.ts';

type Line = { case: { id: string }; files: unknown[] };

/** How tests export, propose and confirm the destruction of what was over before a day, all at `at`. */
export const destructionsOf = (town: () => TestWorld, at: string, closedBefore: string) => {
  const exported = async () => {
    const [lines, contents]: [Line[], Record<string, Buffer>] = [[], {}];
    const told = await exportRecords(town().systemCtx(at), closedBefore, {
      line: (value) => lines.push(JSON.parse(JSON.stringify(value))),
      file: async (name, content) => {
        contents[name] = Buffer.concat(await Array.fromAsync(content));
      },
    });
    return { ...told, lines, contents };
  };
  const asked = (covers: string, more: Partial<DestructionChange> = {}) => ({
    kind: 'destruction',
    payload: {
      what: 'destruction',
      closedBefore,
      authority: 'city-archives',
      reference: '2032-0001',
      approvedOn: '2032-11-01',
      covers,
      ...more,
    },
    note: 'Kassationsbestemmelsen',
  });
  const propose = (covers: string, more: Partial<DestructionChange> = {}) =>
    proposeChange(administrator(town(), 'anna', at), asked(covers, more));
  const shown = (id: string, by = 'bent') => readChange(administrator(town(), by, at), id, { kind: 'destruction' });
  /** Somebody has the page open, and confirms when this is called. */
  const confirming = async (id: string, by: string) => {
    const { dryRun, stateVersion } = await shown(id, by);
    const answer = { id, kind: 'destruction', stateVersion, answer: 'confirm', digest: dryRun?.digest ?? '' } as const;
    return () => decideChange(administrator(town(), by, at), { ...answer, reason: null });
  };
  const confirm = async (id: string, by: string) => (await confirming(id, by))();
  return { asked, exported, propose, shown, confirming, confirm };
};
