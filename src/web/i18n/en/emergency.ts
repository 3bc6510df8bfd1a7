export const emergency = {
  ask: 'Is the child in danger now, and is the case somebody else’s? Open it in an emergency',
  told: 'You can read the case for 60 minutes. The unit that has it is told at once and can read who you are and what you write here. Your leader is asked to ask you why. The leader is also told if there is no case.',
  reason: 'Why must you see it now?',
  submit: 'Open in an emergency',
  none: 'There is no case with that number that can be opened in an emergency. Your leader is told that you searched.',
  over: 'You can no longer read the case in an emergency.',
  until:
    'You are reading the case in an emergency until {{when}}. Files and a protected address are not shown, and all you can do is say that you are related to the child. If something must happen: call the unit that has it.',
};
