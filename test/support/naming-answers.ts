import { type Target, TRIALS } from './access-trials.ts';
import { procedures, type TestApi } from './api.ts';

const NOBODYS = '01a00000-0000-7000-8000-000000000001';
const queries = Object.keys(TRIALS).filter((name) => procedures.get(name.split(' ')[0] ?? '')?._def.type === 'query');

type About = { readonly referralId: string; readonly caseNumber: string; readonly notificationId: string };

/** Everything that can be asked with a case as what it is asked about: which answers name it to this person? */
export const tellingOf =
  (api: () => TestApi) =>
  async (personId: string, about: About): Promise<readonly string[]> => {
    const ids = ['draftId', 'letterId', 'taskId', 'changeId', 'endedId', 'requestId', 'matrixChangeId', 'unitChangeId'];
    const nobodys = Object.fromEntries(
      [...ids, 'personChangeId', 'destructionId', 'disputeId'].map((name) => [name, NOBODYS]),
    );
    const target = { ...nobodys, ...about } as unknown as Target;
    const naming: string[] = [];
    for (const name of queries) {
      const { text } = await api()
        .as(personId)
        .call(name.split(' ')[0] ?? '', TRIALS[name]?.input?.(target));
      if (text.includes(about.referralId) || text.includes(about.caseNumber)) naming.push(name);
    }
    return naming;
  };
