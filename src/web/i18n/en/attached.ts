export const attached = {
  heading: 'Files',
  choose: 'Choose a file (optional)',
  hint: 'PDF or picture, 20 MB each at most, ten files and 100 MB in all. They are sent with the notification and can be removed until then.',
  sentHint:
    'PDF or picture, 20 MB at most. The file is sent at once, laid beside the notification, and cannot be removed again.',
  done: 'The file has been added.',
  stopped: 'Stopped. The file has not been added.',
  again: 'Try again with the chosen file',
  remove: 'Remove the file',
  notSent: 'is not sent along',
  send: 'Send the file',
  sent: 'The file has been sent. Whoever has the case is told.',
  notSentYet: 'Stopped. The file has not been sent.',
  from: 'from the notifier {{when}}: {{who}}',
  at: 'sent {{when}}',
};
