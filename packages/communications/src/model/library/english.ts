import type { LibraryTexts } from '../default-templates.ts';

export const english: LibraryTexts = {
  save_the_date: {
    name: 'Save the date',
    subject: 'Save the date: {{ couple_names }}, {{ wedding_date }}',
    body: `Dear {{ names }},

We are getting married, and we would love to have you with us.

Please keep {{ wedding_date }} free. We will celebrate at {{ venue }}.

There is nothing to do yet: your invitation, with all the details, follows later.

We can hardly wait to see you.

With love,
{{ couple_names }}`,
  },
  invitation: {
    name: 'Invitation',
    subject: '{{ names }}, you are invited to our wedding',
    body: `Dear {{ names }},

With great joy we invite you to celebrate our wedding with us on {{ wedding_date }}.

{{ events }}

Please tell us by {{ rsvp_deadline }} whether you can come. It takes a minute, and you can tell us about food and anything else we should know in the same place.

{{ rsvp_link }}

The link is made for you alone, so please do not pass it on. You can change your answer until {{ rsvp_deadline }}.

We are so looking forward to this day with you.

With love,
{{ couple_names }}`,
  },
  reminder: {
    name: 'Reminder',
    subject: 'Will you be there, {{ names }}?',
    body: `Dear {{ names }},

We are putting the last pieces of our wedding together, and your answer is still missing.

Could you let us know by {{ rsvp_deadline }} whether you will be with us on {{ wedding_date }}? A plain yes or no is enough, and a no is perfectly fine too.

{{ rsvp_link }}

Thank you, and forgive us for asking again.

With love,
{{ couple_names }}`,
    sms: 'Hello {{ names }}, will you be at our wedding on {{ wedding_date }}? Please answer by {{ rsvp_deadline }}: {{ rsvp_link }} {{ couple_names }}',
  },
  logistics: {
    name: 'Good to know',
    subject: 'Our wedding: where, when and how to get there',
    body: `Dear {{ names }},

It is not long now. Here is everything you need for the day.

{{ events }}

Please be there a quarter of an hour before the beginning. If you are late or lost, write to us and we will find you.

You will find your answers, and can still tell us about food and anything else, on your page:

{{ rsvp_link }}

See you very soon.

With love,
{{ couple_names }}`,
  },
  day_of: {
    name: 'On the day',
    subject: 'Today is the day',
    body: `Dear {{ names }},

Today is the day! This is what is planned:

{{ events }}

We are so happy that you will be there.

{{ couple_names }}`,
    sms: 'Good morning {{ names }}! Today is the day. All times and places: {{ rsvp_link }} See you soon, {{ couple_names }}',
  },
  thank_you: {
    name: 'Thank you',
    subject: 'Thank you, {{ names }}',
    body: `Dear {{ names }},

Thank you for celebrating with us. Having you there made our day what it was, and we have been smiling about it ever since.

Thank you, too, for your kind words and your generosity. They mean more to us than we can put into an e-mail.

We hope to see you again very soon.

With love,
{{ couple_names }}`,
  },
};
