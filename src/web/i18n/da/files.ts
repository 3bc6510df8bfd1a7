export const files = {
  heading: 'Filer',
  nothing: 'Der er ingen filer på sagen.',
  by: '{{size}}, lagt på {{when}} af {{who}}',
  choose: 'Vælg en fil',
  hint: 'PDF eller billede, højst 20 MB. Filen bliver på sagen og kan ikke fjernes igen.',
  add: 'Læg filen på sagen',
  sending: 'Sender: {{percent}} %',
  stop: 'Stop',
  done: 'Filen er lagt på sagen.',
  stopped: 'Stoppet. Filen er ikke lagt på sagen.',
};
