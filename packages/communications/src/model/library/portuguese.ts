import type { LibraryTexts } from '../default-templates.ts';

export const portuguese: LibraryTexts = {
  save_the_date: {
    name: 'Reserve a data',
    subject: 'Reservem a data: {{ couple_names }}, {{ wedding_date }}',
    body: `Olá, {{ names }},

Vamos casar e gostávamos muito de vos ter connosco.

Guardem a data: {{ wedding_date }}. Vamos celebrar aqui: {{ venue }}.

Por agora não é preciso fazer nada: o convite, com todos os pormenores, segue mais tarde.

Mal podemos esperar por vos ver.

Com carinho,
{{ couple_names }}`,
  },
  invitation: {
    name: 'Convite',
    subject: '{{ names }}: convite para o nosso casamento',
    body: `Olá, {{ names }},

É com muita alegria que vos convidamos para celebrar connosco o nosso casamento: {{ wedding_date }}.

{{ events }}

Digam-nos, por favor, até {{ rsvp_deadline }} se podem vir. Demora um minuto, e no mesmo sítio podem contar-nos o que comem e tudo o que devamos saber.

{{ rsvp_link }}

O link é só para vocês, por isso não o partilhem. Podem mudar a resposta até {{ rsvp_deadline }}.

Estamos ansiosos por viver este dia convosco.

Com carinho,
{{ couple_names }}`,
  },
  reminder: {
    name: 'Lembrete',
    subject: 'Vêm ao nosso casamento, {{ names }}?',
    body: `Olá, {{ names }},

Estamos a tratar dos últimos pormenores do nosso casamento e ainda nos falta a vossa resposta.

Podem dizer-nos até {{ rsvp_deadline }} se vão estar connosco? Basta um sim ou um não, e um não também está bem.

{{ rsvp_link }}

Obrigado, e desculpem a insistência.

Com carinho,
{{ couple_names }}`,
    sms: 'Olá, {{ names }}: vêm ao nosso casamento? Respondam, por favor, até {{ rsvp_deadline }}: {{ rsvp_link }} {{ couple_names }}',
  },
  logistics: {
    name: 'Informações úteis',
    subject: 'O nosso casamento: onde, quando e como chegar',
    body: `Olá, {{ names }},

Já falta pouco. Aqui está tudo o que precisam para o dia.

{{ events }}

Cheguem, por favor, um quarto de hora antes do início. Se se atrasarem ou se perderem, escrevam-nos e nós encontramos-vos.

Na vossa página estão as respostas que nos deram, e ainda nos podem dizer o que faltar:

{{ rsvp_link }}

Até muito breve!

Com carinho,
{{ couple_names }}`,
  },
  day_of: {
    name: 'No próprio dia',
    subject: 'É hoje',
    body: `Olá, {{ names }},

É hoje! Isto é o que preparámos:

{{ events }}

Estamos tão felizes por vos ter connosco.

{{ couple_names }}`,
    sms: 'Bom dia, {{ names }}! É hoje. Horas e locais: {{ rsvp_link }} Até já, {{ couple_names }}',
  },
  thank_you: {
    name: 'Obrigado',
    subject: 'Obrigado, {{ names }}',
    body: `Olá, {{ names }},

Obrigado por terem celebrado connosco. A vossa presença fez do dia o que ele foi, e ainda sorrimos ao lembrá-lo.

Obrigado também pelas vossas palavras e pela vossa generosidade. Valem mais do que cabe num e-mail.

Esperamos voltar a ver-vos muito em breve.

Com carinho,
{{ couple_names }}`,
  },
};
