import type { LibraryTexts } from '../default-templates.ts';

export const german: LibraryTexts = {
  save_the_date: {
    name: 'Save the date',
    subject: 'Haltet euch den Tag frei: {{ couple_names }}, {{ wedding_date }}',
    body: `Hallo {{ names }},

wir heiraten, und wir hätten euch so gern dabei.

Bitte haltet euch den Tag frei: {{ wedding_date }}. Wir feiern hier: {{ venue }}.

Noch ist nichts zu tun: Die Einladung mit allen Einzelheiten folgt später.

Wir freuen uns schon sehr auf euch.

Alles Liebe
{{ couple_names }}`,
  },
  invitation: {
    name: 'Einladung',
    subject: '{{ names }}: Einladung zu unserer Hochzeit',
    body: `Hallo {{ names }},

voller Freude laden wir euch ein, mit uns unsere Hochzeit zu feiern: {{ wedding_date }}.

{{ events }}

Bitte sagt uns bis {{ rsvp_deadline }}, ob ihr kommen könnt. Das dauert eine Minute; am selben Ort könnt ihr uns auch schreiben, was ihr esst und was wir sonst wissen sollten.

{{ rsvp_link }}

Der Link ist nur für euch gemacht, gebt ihn also bitte nicht weiter. Bis {{ rsvp_deadline }} könnt ihr eure Antwort noch ändern.

Wir freuen uns so sehr auf diesen Tag mit euch.

Alles Liebe
{{ couple_names }}`,
  },
  reminder: {
    name: 'Erinnerung',
    subject: 'Seid ihr dabei, {{ names }}?',
    body: `Hallo {{ names }},

wir planen gerade die letzten Einzelheiten unserer Hochzeit, und eure Antwort fehlt uns noch.

Könntet ihr uns bis {{ rsvp_deadline }} sagen, ob ihr mit uns feiert? Ein einfaches Ja oder Nein genügt, und auch ein Nein ist völlig in Ordnung.

{{ rsvp_link }}

Danke, und verzeiht, dass wir noch einmal fragen.

Alles Liebe
{{ couple_names }}`,
    sms: 'Hallo {{ names }}, seid ihr bei unserer Hochzeit dabei? Bitte antwortet bis {{ rsvp_deadline }}: {{ rsvp_link }} {{ couple_names }}',
  },
  logistics: {
    name: 'Gut zu wissen',
    subject: 'Unsere Hochzeit: wo, wann und wie ihr hinkommt',
    body: `Hallo {{ names }},

bald ist es so weit. Hier steht alles, was ihr für den Tag braucht.

{{ events }}

Seid bitte eine Viertelstunde vor Beginn da. Falls ihr euch verspätet oder verlauft, schreibt uns, wir finden euch.

Eure Antworten findet ihr auf eurer Seite; dort könnt ihr uns auch noch sagen, was ihr esst und was wir sonst wissen sollten:

{{ rsvp_link }}

Bis ganz bald!

Alles Liebe
{{ couple_names }}`,
  },
  day_of: {
    name: 'Am Tag selbst',
    subject: 'Heute ist es so weit',
    body: `Hallo {{ names }},

heute ist es so weit! Das haben wir vor:

{{ events }}

Wir sind so froh, dass ihr dabei seid.

{{ couple_names }}`,
    sms: 'Guten Morgen {{ names }}! Heute ist es so weit. Alle Zeiten und Orte: {{ rsvp_link }} Bis gleich, {{ couple_names }}',
  },
  thank_you: {
    name: 'Danke',
    subject: 'Danke, {{ names }}',
    body: `Hallo {{ names }},

danke, dass ihr mit uns gefeiert habt. Ihr habt unseren Tag zu dem gemacht, was er war, und wir lächeln noch immer.

Danke auch für eure lieben Worte und eure Großzügigkeit. Sie bedeuten uns mehr, als wir in einer E-Mail sagen können.

Wir hoffen, euch ganz bald wiederzusehen.

Alles Liebe
{{ couple_names }}`,
  },
};
