export const attached = {
  heading: 'Filer',
  choose: 'Vælg en fil (frivilligt)',
  hint: 'PDF eller billede, højst 20 MB hver, ti filer og 100 MB i alt. De sendes sammen med underretningen og kan fjernes indtil da.',
  sentHint:
    'PDF eller billede, højst 20 MB. Filen sendes med det samme, lægges ved underretningen og kan ikke fjernes igen.',
  done: 'Filen er lagt ved.',
  stopped: 'Stoppet. Filen er ikke lagt ved.',
  again: 'Prøv igen med den valgte fil',
  remove: 'Fjern filen',
  notSent: 'sendes ikke med',
  send: 'Send filen',
  sent: 'Filen er sendt. Den, der har sagen, får besked.',
  notSentYet: 'Stoppet. Filen er ikke sendt.',
  from: 'fra underretter {{when}}: {{who}}',
  at: 'sendt {{when}}',
};
