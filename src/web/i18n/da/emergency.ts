export const emergency = {
  ask: 'Er barnet i fare nu, og har en anden sagen? Åbn den i nød',
  told: 'Du kan læse sagen i 60 minutter. Enheden, der har den, får besked med det samme og kan læse, hvem du er, og hvad du skriver her. Din leder bliver bedt om at spørge dig hvorfor. Lederen får også besked, hvis der ikke findes en sag.',
  reason: 'Hvorfor skal du se den nu?',
  submit: 'Åbn i nød',
  none: 'Der er ingen sag med det nummer, som kan åbnes i nød. Din leder får besked om, at du har søgt.',
  over: 'Du kan ikke længere læse sagen i nød.',
  until:
    'Du læser sagen i nød indtil {{when}}. Filer og en beskyttet adresse vises ikke, og du kan kun sige, at du er inhabil. Skal der ske noget: Ring til den enhed, der har den.',
};
