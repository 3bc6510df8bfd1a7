export const files = {
  heading: 'Files',
  nothing: 'There are no files on the case.',
  by: '{{size}}, added {{when}} by {{who}}',
  choose: 'Choose a file',
  hint: 'PDF or picture, 20 MB at most. The file stays on the case and cannot be removed again.',
  add: 'Add the file to the case',
  sending: 'Sending: {{percent}} %',
  stop: 'Stop',
  done: 'The file has been added to the case.',
  stopped: 'Stopped. The file has not been added to the case.',
};
