import type { LibraryTexts } from '../default-templates.ts';

export const french: LibraryTexts = {
  save_the_date: {
    name: 'Réservez la date',
    subject: 'Réservez la date : {{ couple_names }}, {{ wedding_date }}',
    body: `Bonjour {{ names }},

Nous nous marions, et nous aimerions tant vous avoir à nos côtés.

Notez bien la date : {{ wedding_date }}. La fête aura lieu ici : {{ venue }}.

Vous n'avez rien à faire pour l'instant : votre invitation, avec tous les détails, suivra.

Nous avons hâte de vous voir.

Avec toute notre affection,
{{ couple_names }}`,
  },
  invitation: {
    name: 'Invitation',
    subject: '{{ names }}, vous êtes invités à notre mariage',
    body: `Bonjour {{ names }},

C'est avec une grande joie que nous vous invitons à célébrer notre mariage avec nous : {{ wedding_date }}.

{{ events }}

Merci de nous dire au plus tard le {{ rsvp_deadline }} si vous pourrez venir. Une minute suffit, et vous pourrez nous parler au même endroit de vos repas et de tout ce que nous devrions savoir.

{{ rsvp_link }}

Ce lien est fait pour vous seuls : merci de ne pas le transmettre. Vous pourrez modifier votre réponse jusqu'au {{ rsvp_deadline }}.

Nous nous réjouissons de vivre ce jour avec vous.

Avec toute notre affection,
{{ couple_names }}`,
  },
  reminder: {
    name: 'Rappel',
    subject: 'Serez-vous des nôtres, {{ names }} ?',
    body: `Bonjour {{ names }},

Nous mettons la dernière main à notre mariage, et il nous manque encore votre réponse.

Pourriez-vous nous dire au plus tard le {{ rsvp_deadline }} si vous serez avec nous ? Un simple oui ou non suffit, et un non est tout à fait permis.

{{ rsvp_link }}

Merci, et pardonnez-nous d'insister.

Avec toute notre affection,
{{ couple_names }}`,
    sms: 'Bonjour {{ names }}, serez-vous à notre mariage ? Merci de répondre avant le {{ rsvp_deadline }} : {{ rsvp_link }} {{ couple_names }}',
  },
  logistics: {
    name: 'Bon à savoir',
    subject: 'Notre mariage : où, quand et comment venir',
    body: `Bonjour {{ names }},

Le grand jour approche. Voici tout ce qu'il vous faut.

{{ events }}

Merci d'arriver un quart d'heure avant le début. En cas de retard, ou si vous vous perdez, écrivez-nous : nous vous trouverons.

Vous retrouverez vos réponses sur votre page, où vous pouvez encore nous parler de vos repas et du reste :

{{ rsvp_link }}

À très bientôt !

Avec toute notre affection,
{{ couple_names }}`,
  },
  day_of: {
    name: 'Le jour même',
    subject: "C'est aujourd'hui",
    body: `Bonjour {{ names }},

C'est aujourd'hui ! Voici le programme :

{{ events }}

Nous sommes si heureux que vous soyez là.

{{ couple_names }}`,
    sms: "Bonjour {{ names }} ! C'est aujourd'hui. Horaires et lieux : {{ rsvp_link }} À tout à l'heure, {{ couple_names }}",
  },
  thank_you: {
    name: 'Merci',
    subject: 'Merci, {{ names }}',
    body: `Bonjour {{ names }},

Merci d'avoir fait la fête avec nous. Votre présence a fait de ce jour ce qu'il a été, et nous en sourions encore.

Merci aussi pour vos mots et votre générosité. Ils nous touchent plus que nous ne saurions l'écrire.

Nous espérons vous revoir très bientôt.

Avec toute notre affection,
{{ couple_names }}`,
  },
};
