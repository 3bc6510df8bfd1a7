import { absences } from './absences.ts';
import { access } from './access.ts';
import { audits } from './audits.ts';
import { children } from './children.ts';
import { conflicts } from './conflicts.ts';
import { letters, messages, tasks } from './delivery.ts';
import { destructions } from './destructions.ts';
import { disputes } from './disputes.ts';
import { door } from './door.ts';
import { drafts } from './drafts.ts';
import { figures } from './figures.ts';
import { files } from './files.ts';
import { handovers } from './handovers.ts';
import { machines } from './machines.ts';
import { matrix } from './matrix.ts';
import { notifications } from './notifications.ts';
import { organisation } from './organisation.ts';
import { parents } from './parents.ts';
import { people } from './people.ts';
import { precedents } from './precedents.ts';
import { referrals } from './referrals.ts';
import { restrictions } from './restrictions.ts';
import { session } from './session.ts';
import { setup } from './setup.ts';
import { router } from './trpc.ts';
import { units } from './units.ts';
import { work } from './work.ts';

/** All procedures. The web knows this type and nothing else of the server. */
export const appRouter = router({
  session,
  organisation,
  door,
  drafts,
  files,
  notifications,
  referrals,
  work,
  children,
  conflicts,
  restrictions,
  handovers,
  disputes,
  figures,
  absences,
  access,
  tasks,
  letters,
  messages,
  setup,
  machines,
  audits,
  matrix,
  parents,
  precedents,
  units,
  people,
  destructions,
});
export type AppRouter = typeof appRouter;
