import type { da } from './da.ts';
import { access } from './en/access.ts';
import { attached } from './en/attached.ts';
import { audit } from './en/audit.ts';
import { board } from './en/board.ts';
import { caseTexts } from './en/case.ts';
import { clocks } from './en/clocks.ts';
import { common } from './en/common.ts';
import { conflicts } from './en/conflicts.ts';
import { delivery } from './en/delivery.ts';
import { destruction } from './en/destruction.ts';
import { disputes } from './en/disputes.ts';
import { door } from './en/door.ts';
import { emergency } from './en/emergency.ts';
import { family } from './en/family.ts';
import { figures } from './en/figures.ts';
import { files } from './en/files.ts';
import { form } from './en/form.ts';
import { guidance } from './en/guidance.ts';
import { guide } from './en/guide.ts';
import { login } from './en/login.ts';
import { lookups } from './en/lookups.ts';
import { machines } from './en/machines.ts';
import { matrix, precedents } from './en/matrix.ts';
import { matter } from './en/matter.ts';
import { notifier } from './en/notifier.ts';
import { pages } from './en/pages.ts';
import { parents } from './en/parents.ts';
import { people } from './en/people.ts';
import { privacy } from './en/privacy.ts';
import { restrictions } from './en/restrictions.ts';
import { retention } from './en/retention.ts';
import { sending } from './en/sending.ts';
import { setup } from './en/setup.ts';
import { telling } from './en/telling.ts';
import { training } from './en/training.ts';
import { unattended } from './en/unattended.ts';
import { units } from './en/units.ts';
import { work } from './en/work.ts';
import { worklist } from './en/worklist.ts';
import type { SameKeys } from './shape.ts';

export const en: SameKeys<typeof da> = {
  common,
  audit,
  board,
  guide,
  figures,
  files,
  attached,
  access,
  delivery,
  notifier,
  door,
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
