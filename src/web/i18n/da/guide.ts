export const guide = {
  title: 'Når to enheder er uenige om ansvaret',
  link: 'Stigen: når to enheder er uenige om, hvem der har ansvaret',
  lead: 'Til dig, der er afdelingsleder. Siden kan skrives ud.',
  picture:
    'Stigen har fire trin: sagsbehandlerne, afdelingslederne, cheferne og direktørerne. Hvert trin har sin tid. Er uenigheden ikke løst da, går den selv et trin op. Koordinatoren kan afgøre på trin 2 og 3.',
  certain: 'Ét er altid sikkert',
  certainText:
    'En enhed har ansvaret og handler, også mens I er uenige. Sagens side viser hvem, siden hvornår, og hvem du ringer til. Lovens frister løber videre hos den.',
  begins: 'Sådan begynder det',
  begins1: 'En enhed siger nej til en overdragelse og peger på den, der spurgte.',
  begins2: 'En enhed, der selv blev peget på, siger også nej.',
  begins3: 'En sag sendes tilbage til en enhed, der har haft den, og er ikke taget imod inden for 4 åbningstimer.',
  begins4: 'En af jer rejser den med en grund.',
  begins5:
    'Har ingen taget sagen eller svaret på en overdragelse i tide, er det en eskalering. Den slutter, når det er gjort.',
  todo: 'Det skal du gøre på trin 2',
  todo1: 'Åbn Uenigheder. Det, der haster mest, står øverst, med grunden.',
  todo2: 'Læs, hvad begge enheder skriver, og hvad der tidligere er besluttet i sager som denne.',
  todo3:
    'Er I enige, så foreslå en løsning eller sig ja til den, der er foreslået. Når begge har sagt ja, får enheden ansvaret.',
  todo4:
    'Er I ikke enige, så skriv jeres grund og hjemmel. Koordinatoren læser det og kan afgøre. Den første afgørelse gælder.',
  todo5: 'Er du væk, svarer din stedfortræder. Er der ingen, går spørgsmålet til enheden over din.',
  sees: 'Hvem ser hvad?',
  seesText:
    'Kun parterne, dem, der kan afgøre, og koordinatorerne ved, at der er en uenighed. De ser det, enhederne skriver til hinanden, ikke barnets sag. Underretteren, familien og andre enheder får intet at vide om den.',
  own: 'Din kommune kan have sat andre tider. De, der gælder, står på uenighedens egen side.',
} as const;
