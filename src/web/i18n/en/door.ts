import type { door as da } from '../da/door.ts';
import type { SameKeys } from '../shape.ts';

export const door: SameKeys<typeof da> = {
  start: {
    title: 'Notify without a login',
    lead: 'Here you can tell the municipality that you are worried about a child. You need not be certain.',
    who: 'Who are you?',
    staff: 'Do you work for the municipality? Then log in: you can save as you go and follow what happens.',
    logIn: 'Log in',
    have: 'If you have a mail with a link, open it there. If the link is used or too old, you can get a new one on the same page.',
  },
  kinds: {
    professional: {
      name: 'Professional outside of the municipality',
      text: 'Doctor, hospital, police, private school or institution. You get a receipt, and are told whether something was started.',
    },
    municipality: {
      name: 'Another municipality',
      text: 'When a family moves here, or when you have to tell us for another reason.',
    },
    citizen: {
      name: 'Citizen',
      text: 'Family, parent, neighbour or somebody who knows the child. You can get a receipt.',
    },
    child: {
      name: 'I am a child or young person myself',
      text: 'Tell us how you are. You can also just call.',
    },
    anonymous: {
      name: 'Citizen who wants to be anonymous',
      text: 'We do not learn who you are. You do not hear from us.',
    },
  },
  before: {
    title: 'Before you write',
    parents: 'Parents are normally allowed to read what you write, and to be told who notified.',
    parentsText:
      'So write in such a way that the child and the parents can read it too: what you have seen and heard, not what you believe about them.',
    anonymousHead: 'Parents are normally allowed to read what you write.',
    anonymousText:
      'We do not know who you are and cannot tell anybody. But what you write may let them guess. Write only what is needed to help the child.',
    danger:
      'Do you believe that the child is exposed to violence or abuse? Then do not talk to the parents about it first. Write it in the step about violence, and call if it is acute. Nothing of it reaches the suspect from us by itself.',
    data: 'What happens to the information',
    dataText:
      'The municipality keeps the notification in order to help the child. It is kept encrypted, and only whoever has the case reads it.',
    privacy: 'Read about your and the child’s information',
    stays: 'What you write stays on your screen until you send it. If you close the page, it is gone.',
    mail: 'We mail a one-time code to your work address before the notification is sent. Use your own mail, not a shared mailbox.',
    anonymous: 'This is how you are anonymous',
    anonymous1: 'We do not keep where you send from, nor when: only the hour.',
    anonymous2: 'The page sets no cookies and keeps no draft.',
    anonymous3: 'You get no receipt, and we cannot ask you for more.',
    begin: 'Begin',
  },
  notifier: {
    citizenCode: 'Who are you to the child?',
    workEmail: 'We mail a one-time code here. Receipt and answer come as a link; the mail contains no personal data.',
    email: 'If you give us a mail address, you get a receipt. We mail a one-time code here first.',
    postalAddress: 'If you would rather have the receipt as a letter, write your address.',
  },
  review: 'Read it through. Once sent it cannot be changed.',
  told: {
    professional:
      'Sent to the municipality once you have confirmed your mail. You get a receipt and a link to the answer.',
    municipality: 'Sent to the municipality once you have confirmed your mail. You get a receipt and a link.',
    citizen: 'Sent to the municipality. If you gave a mail address, you confirm it first and get a receipt.',
    child: 'It goes to a grown-up at the municipality whose work is to help children.',
    anonymous: 'Sent to the municipality without us knowing who you are.',
  },
  code: {
    title: 'Confirm your mail address',
    sent: 'We have mailed a code of six digits to {{email}}. It works for 10 minutes.',
    sentSomewhere: 'We have mailed a code of six digits to the address that was confirmed. It works for 10 minutes.',
    hint: 'If it does not come, look among unwanted mail.',
    submit: 'Confirm and send the notification',
    told: 'Once the code fits, the notification is sent.',
    again: 'Send a new code',
    againDone: 'A new code is on its way. The old one still works until its 10 minutes are over.',
    back: 'Change something in the notification',
  },
  done: {
    title: 'The notification is sent',
    received: 'It was received {{when}} and is stored at the municipality.',
    receivedHour: 'It was received on {{day}} between {{from}} and {{until}} and is stored at the municipality.',
    next: 'What happens now',
    assess:
      'The municipality assesses within 24 hours whether the child needs help at once, also on weekends and holidays.',
    mailed:
      'You get a receipt and a link by mail. With the link and a new one-time code you can see what we may tell you.',
    feedback:
      'If you are a professional, you are told whether something was started. You get a mail when the answer is ready.',
    none: 'You get nothing more from us about the notification. If something new happens, write or call again.',
    call: 'If you want to talk to us, call:',
    another: 'Write a new notification',
  },
  child: {
    title: 'Tell us how you are',
    lead: 'There are grown-ups whose work is to help children. You have done nothing wrong.',
    call: 'You can also call',
    callText: 'If you are afraid right now, call 112. You can call the municipality day and night:',
    helpline: 'The children’s helpline is free, and you need not say your name:',
    before: 'What you should know before you write',
    before1: 'Your parents are normally allowed to read what you write, and to know that it is you.',
    before2:
      'If you are afraid of somebody at home, write it on this page. Then we are careful and talk with you first, if we can.',
    before3: 'What you write is not kept on the phone or the computer.',
    tell: 'What would you like to tell?',
    tellHint: 'Use your own words. It may be short.',
    name: 'What is your name?',
    age: 'How old are you?',
    school: 'Where do you go to school?',
    schoolNone: 'Do not know, or not on the list',
    street: 'Which street do you live in?',
    postalCode: 'What is the postal code?',
    phone: 'Which number may we call you on?',
    phoneHint: 'Only if it is all right that we call. You may say when in the text above.',
    afraid: 'Does somebody hit you or make you afraid?',
    whom: 'Who?',
    whomHint: 'That person is not told by us by itself.',
    now: 'Do you need help right now or today?',
    nowWhy: 'The child writes that it needs help now.',
    send: 'Send',
    done: 'Thank you for telling us',
    doneText:
      'A grown-up at the municipality reads it, tomorrow at the latest. If you wrote a number, we may call you.',
    doneCall: 'If you do not want to wait, call:',
  },
  back: {
    title: 'Your answer from the municipality',
    lead: 'To be sure that it is you, we mail a one-time code to the address that you got the link on.',
    ask: 'Send me a code',
    code: 'The code',
    open: 'Show the answer',
    openTold: 'The link opens only once. You can always get a new one.',
    renew: 'Send a new link',
    renewed: 'If we know the link, a new one is on its way to the same address.',
    none: 'Open the page by the link in the mail from the municipality.',
    shown:
      'The link is used now. Close the page when you have read it, or print it. You can get a new link by opening the old one.',
    childNumber: 'Child {{number}}',
  },
  basis: {
    what: 'What is the notifier?',
    hint: 'Anybody can call themselves a professional. Call the workplace, or look at the mail address.',
    reason: 'How do you know?',
  },
  suspect: {
    reason: 'Why is the notifier a suspect?',
    shown: 'The notifier is a suspect and is told only that the notification was received. Say no more on the phone.',
    clearReason: 'Why is the notifier a suspect no longer?',
  },
  link: 'Notify without a login',
  loginText: 'No login at the municipality?',
};
