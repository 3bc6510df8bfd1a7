import type { login as da } from '../da/login.ts';
import type { SameKeys } from '../shape.ts';

export const login: SameKeys<typeof da> = {
  real: {
    title: 'Log in',
    lead: 'You log in with the municipality’s common login. Whatever you have begun is saved.',
    submit: 'Log in with the municipality’s login',
    training: 'Try the real login',
    trainingText: 'In training the training municipality’s own login page answers.',
  },
  failed: {
    heading: 'You were not logged in',
    utilgaengelig: 'The municipality’s login does not answer just now. Try again in a moment.',
    afbrudt: 'The login was broken off or took too long. Try again.',
    ukendt: 'The municipality’s login knows you, but Bindeled does not. Ask an administrator to add you or your role.',
    svagt:
      'Your login was not strong enough. Log in again the way the municipality demands for cases about children, such as with two factors.',
  },
  soon: {
    heading: 'Your login runs out at {{time}}',
    text: 'What you have written is saved.',
    stay: 'Stay logged in',
    again: 'Log in again',
  },
  sessions: {
    nav: 'Your logins',
    title: 'Your logins',
    titleOf: 'Logins of {{person}}',
    lead: 'You are logged in here. If you do not know one of them, log it out and tell your leader.',
    leadOf: 'The person is logged in here. What you log out is over at once on every machine.',
    begun: 'Logged in',
    seen: 'Last used',
    ends: 'Runs out at the latest',
    here: 'This machine',
    end: 'Log out',
    endAll: 'Log out everywhere else',
    endAllOf: 'Log out everywhere',
    ended_one: '{{count}} login was logged out.',
    ended_other: '{{count}} logins were logged out.',
    empty: 'The person is not logged in anywhere.',
  },
};
