import { access } from './da/access.ts';
import { attached } from './da/attached.ts';
import { audit } from './da/audit.ts';
import { board } from './da/board.ts';
import { caseTexts } from './da/case.ts';
import { clocks } from './da/clocks.ts';
import { common } from './da/common.ts';
import { conflicts } from './da/conflicts.ts';
import { delivery } from './da/delivery.ts';
import { destruction } from './da/destruction.ts';
import { disputes } from './da/disputes.ts';
import { door } from './da/door.ts';
import { emergency } from './da/emergency.ts';
import { family } from './da/family.ts';
import { figures } from './da/figures.ts';
import { files } from './da/files.ts';
import { form } from './da/form.ts';
import { guidance } from './da/guidance.ts';
import { guide } from './da/guide.ts';
import { login } from './da/login.ts';
import { lookups } from './da/lookups.ts';
import { machines } from './da/machines.ts';
import { matrix, precedents } from './da/matrix.ts';
import { matter } from './da/matter.ts';
import { notifier } from './da/notifier.ts';
import { pages } from './da/pages.ts';
import { parents } from './da/parents.ts';
import { people } from './da/people.ts';
import { privacy } from './da/privacy.ts';
import { restrictions } from './da/restrictions.ts';
import { retention } from './da/retention.ts';
import { sending } from './da/sending.ts';
import { setup } from './da/setup.ts';
import { telling } from './da/telling.ts';
import { training } from './da/training.ts';
import { unattended } from './da/unattended.ts';
import { units } from './da/units.ts';
import { work } from './da/work.ts';
import { worklist } from './da/worklist.ts';

export const da = {
  common,
  audit,
  board,
  guide,
  figures,
  files,
  attached,
  access,
  notifier,
  door,
  delivery,
  form,
  guidance,
  worklist,
  case: caseTexts,
  work,
  login,
  matter,
  disputes,
  matrix,
  precedents,
  emergency,
  family,
  telling,
  sending,
  training,
  setup,
  units,
  people,
  machines,
  destruction,
  unattended,
  lookups,
  conflicts,
  restrictions,
  retention,
  pages,
  parents,
  privacy,
  clocks,
};
