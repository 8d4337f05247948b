import type { LibraryTexts } from '../default-templates.ts';

export const spanish: LibraryTexts = {
  save_the_date: {
    name: 'Reserva la fecha',
    subject: 'Reservad la fecha: {{ couple_names }}, {{ wedding_date }}',
    body: `Hola, {{ names }}:

Nos casamos y nos encantaría teneros con nosotros.

Guardad la fecha: {{ wedding_date }}. Lo celebraremos aquí: {{ venue }}.

De momento no hay nada que hacer: la invitación, con todos los detalles, llegará más adelante.

Tenemos muchas ganas de veros.

Con cariño,
{{ couple_names }}`,
  },
  invitation: {
    name: 'Invitación',
    subject: '{{ names }}: invitación a nuestra boda',
    body: `Hola, {{ names }}:

Con mucha alegría os invitamos a celebrar nuestra boda con nosotros: {{ wedding_date }}.

{{ events }}

Por favor, decidnos antes del {{ rsvp_deadline }} si podéis venir. Se tarda un minuto, y en el mismo sitio podéis contarnos qué coméis y todo lo que debamos saber.

{{ rsvp_link }}

El enlace es solo para vosotros, así que no lo compartáis. Podéis cambiar la respuesta hasta el {{ rsvp_deadline }}.

Nos hace muchísima ilusión vivir este día con vosotros.

Con cariño,
{{ couple_names }}`,
  },
  reminder: {
    name: 'Recordatorio',
    subject: '¿Vendréis, {{ names }}?',
    body: `Hola, {{ names }}:

Estamos cerrando los últimos detalles de nuestra boda y aún nos falta vuestra respuesta.

¿Podéis decirnos antes del {{ rsvp_deadline }} si estaréis con nosotros? Basta con un sí o un no, y un no también está bien.

{{ rsvp_link }}

Gracias, y perdonad que insistamos.

Con cariño,
{{ couple_names }}`,
    sms: 'Hola, {{ names }}: ¿vendréis a nuestra boda? Respondednos antes del {{ rsvp_deadline }}: {{ rsvp_link }} {{ couple_names }}',
  },
  logistics: {
    name: 'Información práctica',
    subject: 'Nuestra boda: dónde, cuándo y cómo llegar',
    body: `Hola, {{ names }}:

Ya falta poco. Aquí tenéis todo lo que necesitáis para ese día.

{{ events }}

Llegad, por favor, un cuarto de hora antes de que empiece. Si os retrasáis o os perdéis, escribidnos y os encontraremos.

En vuestra página están las respuestas que nos disteis, y todavía podéis contarnos lo que haga falta:

{{ rsvp_link }}

¡Hasta muy pronto!

Con cariño,
{{ couple_names }}`,
  },
  day_of: {
    name: 'El mismo día',
    subject: 'Hoy es el día',
    body: `Hola, {{ names }}:

¡Hoy es el día! Esto es lo que hemos preparado:

{{ events }}

Estamos muy felices de que vengáis.

{{ couple_names }}`,
    sms: '¡Buenos días, {{ names }}! Hoy es el día. Horarios y lugares: {{ rsvp_link }} Hasta pronto, {{ couple_names }}',
  },
  thank_you: {
    name: 'Gracias',
    subject: 'Gracias, {{ names }}',
    body: `Hola, {{ names }}:

Gracias por celebrarlo con nosotros. Teneros allí hizo que el día fuera lo que fue, y aún sonreímos al recordarlo.

Gracias también por vuestras palabras y vuestra generosidad. Significan más de lo que cabe en un correo.

Esperamos veros de nuevo muy pronto.

Con cariño,
{{ couple_names }}`,
  },
};
