import type { privacy as danish } from '../da/privacy.ts';
import type { SameKeys } from '../shape.ts';

export const privacy: SameKeys<typeof danish> = {
  title: 'About your and the child’s information',
  lead: 'The municipality is the controller of what is written here. This page tells what is kept, who sees it, and what your rights are.',
  parents: {
    title: 'Parents are normally allowed to read the notification',
    text: 'As parties to the case, parents normally have a right to read it and to be told who notified. Where violence or abuse is suspected, or where the child is at risk, they are not told before a named caseworker has decided on it. Nothing reaches the suspect by itself.',
  },
  why: {
    title: 'Why, and by what right',
    text: 'The information is used to handle notifications and to help the child under the Danish act on children (barnets lov). The legal basis is the municipality’s task as an authority under article 6(1)(e) and article 9(2)(f) of the General Data Protection Regulation and the Danish data protection act.',
  },
  what: {
    title: 'What is kept',
    child: 'About the child and the family: what you write in the notification.',
    you: 'About you: name, position and contact data as you write them. Professionals and other municipalities confirm their work mail by a one-time code.',
    codes:
      'One-time codes are kept only as a fingerprint and work for 10 minutes. Links in mails open once and for 14 days.',
    counting:
      'To stop misuse it is counted for an hour how often somebody sends from one network address. The address itself is not kept.',
  },
  anonymous: {
    title: 'If you notify anonymously',
    not: 'We keep no network address, browser, cookie, draft or exact time; only the hour. There is no log of the visit.',
    counted:
      'How often somebody sends from one place is counted in the server’s memory only, under a key that changes every day.',
    text: 'The text itself is kept. If you write something that only you can know, others may guess who you are.',
    told: 'You get neither receipt nor answer, and we cannot ask you for more.',
  },
  who: {
    title: 'Who sees it',
    unit: 'Only the unit that is responsible, and the one that assesses, can read the notification.',
    logged: 'Each time a member of staff reads information about a child, it is recorded who it was and when.',
    others:
      'If the child belongs to another municipality, the notification is sent there. Notifiers are not told whether others have notified.',
  },
  how: {
    title: 'How it is looked after',
    sealed: 'Names, CPR numbers, addresses and texts are kept encrypted.',
    mail: 'Mails never contain personal data, only a link or a one-time code.',
    cookies: 'The site uses a single cookie, and only when you are logged in. There are no statistics and no tracking.',
  },
  long: {
    title: 'For how long',
    text: 'The notification is part of the child’s case and is kept and deleted by the rules for it.',
  },
  rights: {
    title: 'Your rights',
    text: 'You can ask to see information about yourself, to have errors corrected, and in some cases to have it deleted or restricted, or object. The municipality’s data protection officer can help you. You can complain to the Danish data protection agency (Datatilsynet).',
  },
};
