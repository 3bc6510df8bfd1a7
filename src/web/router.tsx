import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { Crash } from './components/crash.tsx';
import { SessionWarning } from './components/session-warning.tsx';
import { Shell } from './components/shell.tsx';
import { LiveUpdates } from './live.tsx';
import { AbsencePage } from './pages/absence.tsx';
import { AccessPage } from './pages/access.tsx';
import { AccessibilityPage } from './pages/accessibility.tsx';
import { AddPage } from './pages/add.tsx';
import { AnswerPage } from './pages/answer.tsx';
import { AuditPage } from './pages/audit.tsx';
import { AuditsPage } from './pages/audits.tsx';
import { CasePage } from './pages/case.tsx';
import { ClockPage } from './pages/clock.tsx';
import { DisputePage } from './pages/dispute.tsx';
import { DisputesPage } from './pages/disputes.tsx';
import { DoorPage } from './pages/door.tsx';
import { DoorStartPage } from './pages/door-start.tsx';
import { ErrorPage } from './pages/error-registered.tsx';
import { FeedbackPage } from './pages/feedback.tsx';
import { FigureCasesPage } from './pages/figure-cases.tsx';
import { FiguresPage } from './pages/figures.tsx';
import { HelpPage } from './pages/help.tsx';
import { InquiryPage } from './pages/inquiry.tsx';
import { InstitutionPage } from './pages/institution.tsx';
import { LadderGuidePage } from './pages/ladder-guide.tsx';
import { LetterPage } from './pages/letter.tsx';
import { LettersPage } from './pages/letters.tsx';
import { LoginPage } from './pages/login.tsx';
import { MailboxPage } from './pages/mailbox.tsx';
import { MatrixPage } from './pages/matrix.tsx';
import { MatrixChangePage } from './pages/matrix-change.tsx';
import { MessagesPage } from './pages/messages.tsx';
import { NewPage } from './pages/new.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { OpenedLinkPage } from './pages/opened-link.tsx';
import { PrecedentsPage } from './pages/precedents.tsx';
import { PrivacyPage } from './pages/privacy.tsx';
import { RegisterPage } from './pages/register.tsx';
import { SendingPage } from './pages/sending.tsx';
import { SentPage } from './pages/sent.tsx';
import { SessionsPage } from './pages/sessions.tsx';
import { SetupCalendarPage } from './pages/setup-calendar.tsx';
import { SetupChangePage } from './pages/setup-change.tsx';
import { SetupChangesPage } from './pages/setup-changes.tsx';
import { SetupCodesPage } from './pages/setup-codes.tsx';
import { SetupDestructionPage, SetupDestructionsPage } from './pages/setup-destruction.tsx';
import { SetupHoursPage } from './pages/setup-hours.tsx';
import { SetupLawPage } from './pages/setup-law.tsx';
import { SetupMachinesPage } from './pages/setup-machines.tsx';
import { SetupPeoplePage } from './pages/setup-people.tsx';
import { SetupPersonChangePage } from './pages/setup-person-change.tsx';
import { SetupRotaPage } from './pages/setup-rota.tsx';
import { SetupUnitChangePage } from './pages/setup-unit-change.tsx';
import { SetupUnitsPage } from './pages/setup-units.tsx';
import { StartPage } from './pages/start.tsx';
import { SubmittedPage } from './pages/submitted.tsx';
import { TasksPage } from './pages/tasks.tsx';
import { UnattendedPage } from './pages/unattended.tsx';
import { UnexplainedPage } from './pages/unexplained.tsx';
import { WorklistPage } from './pages/worklist.tsx';
import { WritePage } from './pages/write.tsx';
import {
  auditSearch,
  boardSearch,
  caseSearch,
  feedbackSearch,
  figureCasesSearch,
  figuresSearch,
  loginSearch,
  matterSearch,
  messageSearch,
  sessionsSearch,
  worklistSearch,
  writeSearch,
} from './searches.ts';
import { Gate } from './session.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: Crash });

const open = () => root;
const login = createRoute({
  getParentRoute: open,
  path: '/log-ind',
  component: LoginPage,
  validateSearch: loginSearch,
});
const help = createRoute({ getParentRoute: open, path: '/naar-du-er-bekymret', component: HelpPage });
const ladderGuide = createRoute({
  getParentRoute: open,
  path: '/naar-du-er-bekymret/stigen',
  component: LadderGuidePage,
});
const accessibility = createRoute({ getParentRoute: open, path: '/tilgaengelighed', component: AccessibilityPage });
const privacy = createRoute({ getParentRoute: open, path: '/privatliv', component: PrivacyPage });
const doorStart = createRoute({ getParentRoute: open, path: '/underret', component: DoorStartPage });
const door = createRoute({
  getParentRoute: open,
  path: '/underret/$hvem',
  component: DoorPage,
  validateSearch: writeSearch,
});
const openedLink = createRoute({ getParentRoute: open, path: '/svar', component: OpenedLinkPage });
const clock = createRoute({ getParentRoute: open, path: '/oevelse/ur', component: ClockPage });
const mailbox = createRoute({ getParentRoute: open, path: '/oevelse/postkasse', component: MailboxPage });

const gate = createRoute({
  getParentRoute: open,
  id: 'gate',
  component: () => (
    <Gate>
      <LiveUpdates>
        <SessionWarning />
        <Outlet />
      </LiveUpdates>
    </Gate>
  ),
});
const behind = () => gate;
const start = createRoute({ getParentRoute: behind, path: '/', component: StartPage });
const fresh = createRoute({ getParentRoute: behind, path: '/ny', component: NewPage });
const write = createRoute({
  getParentRoute: behind,
  path: '/ny/$draftId',
  component: WritePage,
  validateSearch: writeSearch,
});
const submitted = createRoute({ getParentRoute: behind, path: '/sendt/$notificationId', component: SubmittedPage });
const sent = createRoute({ getParentRoute: behind, path: '/mine', component: SentPage });
const add = createRoute({ getParentRoute: behind, path: '/mine/$notificationId/tilfoej', component: AddPage });
const answer = createRoute({
  getParentRoute: behind,
  path: '/mine/$notificationId/svar/$requestId',
  component: AnswerPage,
});
const worklist = createRoute({
  getParentRoute: behind,
  path: '/sagsliste',
  component: WorklistPage,
  validateSearch: worklistSearch,
});
const referral = createRoute({
  getParentRoute: behind,
  path: '/sag/$referralId',
  component: CasePage,
  validateSearch: caseSearch,
});
const accessOf = createRoute({ getParentRoute: behind, path: '/sag/$referralId/indsigt', component: AccessPage });
const inError = createRoute({ getParentRoute: behind, path: '/sag/$referralId/fejl', component: ErrorPage });
const feedback = createRoute({
  getParentRoute: behind,
  path: '/sag/$referralId/orientering',
  component: FeedbackPage,
  validateSearch: feedbackSearch,
});
const dispute = createRoute({
  getParentRoute: behind,
  path: '/uenighed/$referralId',
  component: DisputePage,
  validateSearch: matterSearch,
});
const disputes = createRoute({
  getParentRoute: behind,
  path: '/uenigheder',
  component: DisputesPage,
  validateSearch: boardSearch,
});
const figures = createRoute({
  getParentRoute: behind,
  path: '/uenigheder/tal',
  component: FiguresPage,
  validateSearch: figuresSearch,
});
const figureCases = createRoute({
  getParentRoute: behind,
  path: '/uenigheder/tal/sager',
  component: FigureCasesPage,
  validateSearch: figureCasesSearch,
});
const sending = createRoute({
  getParentRoute: behind,
  path: '/uenigheder/tal/afsendere',
  component: SendingPage,
  validateSearch: figuresSearch,
});
const institution = createRoute({ getParentRoute: behind, path: '/vores', component: InstitutionPage });
const tasks = createRoute({ getParentRoute: behind, path: '/opgaver', component: TasksPage });
const letters = createRoute({ getParentRoute: behind, path: '/breve', component: LettersPage });
const letter = createRoute({ getParentRoute: behind, path: '/breve/$letterId', component: LetterPage });
const messages = createRoute({
  getParentRoute: behind,
  path: '/mails',
  component: MessagesPage,
  validateSearch: messageSearch,
});
const inquiry = createRoute({ getParentRoute: behind, path: '/forespoergsel', component: InquiryPage });
const absence = createRoute({ getParentRoute: behind, path: '/fravaer', component: AbsencePage });
const sessions = createRoute({
  getParentRoute: behind,
  path: '/dine-login',
  component: SessionsPage,
  validateSearch: sessionsSearch,
});
const unattended = createRoute({ getParentRoute: behind, path: '/uden-ansvarlig', component: UnattendedPage });
const unexplained = createRoute({ getParentRoute: behind, path: '/overskredne', component: UnexplainedPage });
const register = createRoute({ getParentRoute: behind, path: '/registrer', component: RegisterPage });

const matrixPages = [
  createRoute({ getParentRoute: behind, path: '/afgoerelser', component: PrecedentsPage }),
  createRoute({ getParentRoute: behind, path: '/ansvarsmatrix', component: MatrixPage }),
  createRoute({ getParentRoute: behind, path: '/ansvarsmatrix/$changeId', component: MatrixChangePage }),
] as const;

const auditPages = [
  createRoute({ getParentRoute: behind, path: '/revision', component: AuditsPage }),
  createRoute({
    getParentRoute: behind,
    path: '/revision/$auditId',
    component: AuditPage,
    validateSearch: auditSearch,
  }),
] as const;

const setupPages = [
  createRoute({ getParentRoute: behind, path: '/opsaetning', component: SetupLawPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/koder', component: SetupCodesPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/kalender', component: SetupCalendarPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/aabningstider', component: SetupHoursPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/vagtplan', component: SetupRotaPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/enheder', component: SetupUnitsPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/enheder/$changeId', component: SetupUnitChangePage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/medarbejdere', component: SetupPeoplePage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/medarbejdere/$changeId', component: SetupPersonChangePage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/noegler', component: SetupMachinesPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/kassation', component: SetupDestructionsPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/kassation/$changeId', component: SetupDestructionPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/aendringer', component: SetupChangesPage }),
  createRoute({ getParentRoute: behind, path: '/opsaetning/aendringer/$changeId', component: SetupChangePage }),
] as const;

const routes = root.addChildren([
  login,
  help,
  ladderGuide,
  accessibility,
  privacy,
  doorStart,
  door,
  openedLink,
  clock,
  mailbox,
  gate.addChildren([
    start,
    fresh,
    write,
    submitted,
    sent,
    add,
    answer,
    worklist,
    referral,
    inError,
    feedback,
    dispute,
    disputes,
    figures,
    figureCases,
    sending,
    institution,
    tasks,
    accessOf,
    letters,
    letter,
    messages,
    ...setupPages,
    ...auditPages,
    ...matrixPages,
    inquiry,
    register,
    absence,
    sessions,
    unattended,
    unexplained,
  ]),
]);

export const router = createRouter({ routeTree: routes, defaultErrorComponent: Crash });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
