import type { ImportField } from '@wedsync/contracts/guest-import';

/**
 * How planners, couples and their address books head a column, in English, German, French, Spanish,
 * Italian, Portuguese and Dutch. Written in `foldHeader` form: lower case, no accents, no
 * punctuation. `name` stands for headings that are a full name, a first or a last name depending on
 * the columns beside them.
 */
export const headerWords: Readonly<Partial<Record<ImportField | 'name', string>>> = {
  ignore: `no|nr|number|nummer|num|numero|id|row|line|lfd nr|index|count|phone type|e mail type|label|
    photo|birthday|geburtstag|anniversaire|initials|web page|website|gender|geschlecht|sexe|
    phonetic|yomi|created|modified|last updated`,
  'guest-id': 'wedsync id|wedsync guest id',
  version: 'wedsync version',
  'household-id': 'wedsync household id',
  'plus-one-of': 'wedsync plus one of',
  'diet-notes': 'wedsync diet notes',
  'accessibility-notes': 'wedsync accessibility notes',
  name: 'name|names|nom|noms|nombre|nombres|nome|nomi|nomes|naam|namen|n',
  title: `title|salutation|prefix|name prefix|honorific|mr mrs|mr mrs ms|anrede|titel|titre|civilite|
    tratamiento|titulo|titolo|tratamento|aanhef|aanspreekvorm`,
  'first-name': `first name|firstname|first|given name|forename|christian name|fname|vorname|vornamen|
    rufname|prenom|prenoms|primer nombre|nombre de pila|nome proprio|primeiro nome|voornaam|voornamen|roepnaam`,
  'last-name': `last name|lastname|last|surname|family name|lname|nachname|familienname|zuname|
    nom de famille|nom famille|apellido|apellidos|primer apellido|cognome|cognomi|apelido|apelidos|sobrenome|
    ultimo nome|achternaam|familienaam`,
  'full-name': `full name|fullname|guest name|guest names|name of guest|guest|guests|guest list|invitee|
    invitees|invited guests|display name|file as|who|people|person|attendee|attendee name|contact|contact name|
    contact person|first and last name|first last name|
    vor und nachname|vorname nachname|name vorname|vorname und name|vollstandiger name|gast|gaste|gastename|
    nom complet|nom et prenom|nom prenom|prenom et nom|prenom nom|invite|invites|nom de l invite|convives|
    nombre completo|nombre y apellidos|nombre y apellido|invitado|invitados|nombre del invitado|
    nome completo|nome e cognome|nome cognome|cognome e nome|invitato|invitati|ospite|ospiti|
    nome e apelido|nome e sobrenome|convidado|convidados|nome do convidado|
    volledige naam|gasten|naam gast|naam gasten|voor en achternaam|genodigde|genodigden`,
  household: `household|household name|party|party name|family|family name group|family group|
    invitation name|envelope|envelope name|name on envelope|addressee|addressed to|haushalt|familie|
    einladung an|foyer|famille|menage|faire part|hogar|familia|nucleo familiar|famiglia|agregado|
    agregado familiar|huishouden|gezin`,
  email: `email|e mail|emails|e mails|mail|email address|e mail address|e mail adresse|email adresse|
    email addresses|mailadresse|courriel|adresse email|adresse e mail|adresse mail|mel|correo|
    correo electronico|direccion de correo|posta elettronica|indirizzo email|indirizzo e mail|correio|
    correio eletronico|correio electronico|endereco de email|e mailadres|emailadres|mailadres`,
  phone: `phone|phones|phone number|phone numbers|telephone|telephone number|tel|tel no|tel nr|mobile|
    mobile phone|mobile number|mobile no|cell|cell phone|cellphone|cell number|home phone|work phone|
    business phone|contact number|whatsapp|landline|primary phone|other phone|phone no|
    telefon|telefonnummer|handy|handynummer|mobil|mobiltelefon|mobilnummer|festnetz|rufnummer|
    telefon privat|telefon mobil|telefon geschaftlich|
    portable|telephone portable|mobile portable|fixe|numero de telephone|tel portable|tel fixe|gsm|
    telefono|telefonos|movil|telefono movil|celular|fijo|numero de telefono|
    cellulare|telefono cellulare|cell|recapito|numero di telefono|
    telefone|telemovel|numero de telefone|contacto|contato|
    telefoon|telefoonnummer|mobiel|mobiele nummer|mobiel nummer|vaste telefoon|06 nummer`,
  address: `address|addresses|full address|postal address|mailing address|home address|mail address|
    anschrift|adresse|postanschrift|adresse postale|adresse complete|direccion|direccion postal|domicilio|
    indirizzo|indirizzo postale|endereco|morada|adres|postadres|address 1 formatted|home address formatted`,
  'address-street': `street|street address|address line 1|address line 2|address 1|address 2|address1|address2|
    line 1|line 2|home street|home street 2|mailing street|apt|apartment|unit|apt suite|strasse|strase|
    strasse hausnummer|strasse nr|strasse und hausnummer|hausnummer|hausnr|rue|numero et rue|
    complement d adresse|calle|calle y numero|via|via e numero|rua|straat|straat en huisnummer|straatnaam|
    huisnummer|address 1 street|address 1 extended address`,
  'address-city': `city|town|city town|home city|mailing city|suburb|ort|stadt|wohnort|ville|commune|ciudad|
    localidad|poblacion|citta|comune|cidade|localidade|stad|plaats|woonplaats|address 1 city`,
  'address-region': `state|province|region|county|state province|home state|bundesland|kanton|departement|
    provincia|regione|estado|distrito|provincie|address 1 region`,
  'address-postcode': `zip|zip code|zipcode|postcode|post code|postal code|home postal code|zip postal code|
    zip postcode|postal|plz|postleitzahl|code postal|cp|codigo postal|cap|codice postale|cep|postcode huis|
    address 1 postal code`,
  'address-country': `country|home country|country region|home country region|nation|land|staat|pays|pais|
    paese|nazione|address 1 country`,
  diet: `diet|diets|dietary|dietary requirements|dietary requirement|dietary restrictions|dietary needs|
    dietary notes|dietary info|dietary preferences|diet notes|food|food preference|food preferences|food requirements|meal|
    meal choice|meal preference|menu|menu choice|special meal|special diet|entree|entree choice|
    essen|ernahrung|ernahrungsweise|diat|essenswunsch|essenswunsche|menuwahl|speisewunsch|kost|
    regime|regime alimentaire|repas|choix du menu|preferences alimentaires|contraintes alimentaires|
    dieta|dietas|menu especial|preferencias alimentarias|requisitos alimentarios|comida|
    esigenze alimentari|preferenze alimentari|
    restricoes alimentares|preferencias alimentares|refeicao|ementa|
    dieet|dieetwensen|eetwensen|maaltijd|dieet wensen|voedingswensen`,
  allergy: `allergy|allergies|food allergies|allergies intolerances|allergy info|intolerances|allergens|
    allergie|allergien|unvertraglichkeiten|allergien unvertraglichkeiten|intoleranzen|intolerances alimentaires|
    allergies alimentaires|alergia|alergias|alergenos|intolerancias|alergias e intolerancias|intolleranze|
    allergie e intolleranze|allergie intolleranze|alergias alimentares|allergieen|allergieen dieet`,
  accessibility: `accessibility|accessibility needs|access needs|access|special needs|mobility|mobility needs|
    wheelchair|disability|barrierefreiheit|rollstuhl|besondere bedurfnisse|einschrankungen|accessibilite|pmr|
    mobilite reduite|besoins particuliers|accesibilidad|movilidad reducida|necesidades especiales|
    accessibilita|disabilita|esigenze particolari|acessibilidade|mobilidade|necessidades especiais|
    toegankelijkheid|rolstoel`,
  'age-group': `age|age group|age category|adult child|adult or child|adult kid|child|is child|guest type|
    type|kind|alter|altersgruppe|erwachsen kind|age enfant|tranche d age|categorie d age|edad|grupo de edad|
    adulto nino|eta|fascia d eta|adulto bambino|idade|faixa etaria|adulto crianca|leeftijd|leeftijdsgroep`,
  adults: `adults|number of adults|no of adults|adult count|erwachsene|anzahl erwachsene|adultes|
    nombre d adultes|adultos|adulti|volwassenen|aantal volwassenen`,
  children: `children|kids|child names|children names|names of children|kids names|number of children|
    no of children|no of kids|number of kids|kinder|anzahl kinder|kindernamen|namen der kinder|enfants|
    nombre d enfants|noms des enfants|ninos|hijos|numero de ninos|bambini|figli|numero bambini|criancas|
    filhos|numero de criancas|kinderen|aantal kinderen`,
  'plus-one': `plus one|plus ones|plusone|plus 1|1|plus one allowed|plus one invited|bring a guest|allowed plus one|guest allowed|
    additional guests|extra guests|number of plus ones|plus guest|and guest|with guest|companion|companions|
    begleitung|begleitperson|mit begleitung|begleiter|accompagnant|accompagnants|accompagnateur|avec accompagnant|
    accompagne|acompanante|acompanantes|con acompanante|accompagnatore|accompagnatori|piu uno|
    acompanhante|acompanhantes|introducee|introducees|met partner|partner toegestaan`,
  'party-size': `party size|household size|group size|size|pax|number of guests|no of guests|no guests|number in party|num guests|
    number invited|headcount|seats|total guests|total|qty|quantity|how many|anzahl|anzahl personen|personen|
    anzahl gaste|nombre de personnes|nombre d invites|nb personnes|nb|personnes|personas|numero de personas|
    numero de invitados|persone|numero persone|numero invitati|pessoas|numero de pessoas|numero de convidados|
    aantal|aantal personen|aantal gasten|personen aantal`,
  side: `side|bride groom|bride or groom|bride groom side|guest of|whose guest|invited by|relation to|seite|brautseite|
    seite braut brautigam|gast von|cote|cote marie mariee|invite de|lado|parte|invitado de|lato|invitato da|
    convidado de|kant|zijde|gast van`,
  tags: `tag|tags|group|groups|category|categories|list|guest list tag|relationship|relation|labels|group membership|
    circle|notes tag|priority|tier|a b list|gruppe|gruppen|kategorie|beziehung|groupe|groupes|categorie|
    lien|grupo|grupos|categoria|relacion|gruppo|gruppi|relazione|parentela|relacao|groep|groepen|relatie|table|
    tisch|mesa|tavolo|tafel|day evening|day or evening|invitation type`,
  notes: `note|notes|comment|comments|remark|remarks|memo|info|information|additional info|additional information|other|misc|
    special requests|requests|message|notizen|notiz|bemerkung|bemerkungen|anmerkung|anmerkungen|hinweis|
    hinweise|kommentar|sonstiges|remarque|remarques|commentaire|commentaires|observations|divers|
    nota|notas|comentario|comentarios|observaciones|otros|osservazioni|commenti|altro|observacoes|outros|
    opmerking|opmerkingen|notitie|notities|overig|bijzonderheden`,
  'event-invited': `invited|invited to|invite to|invitation|events|event|eingeladen|eingeladen zu|convie|
    invite a|invitado a|evento|eventos|invitato a|convidado para|uitgenodigd|uitgenodigd voor`,
  'event-answer': `rsvp|rsvp status|r s v p|response|reply|answer|attending|attendance|status|confirmed|coming|
    accepted|is attending|will attend|antwort|ruckmeldung|zusage|zugesagt|teilnahme|kommt|dabei|reponse|presence|
    present|participe|vient|respuesta|asistencia|asiste|confirmado|confirmacion|asistira|
    risposta|conferma|presenza|partecipa|confermato|resposta|confirmacao|presenca|vai|
    antwoord|aanwezig|aanwezigheid|komt`,
};

/** Headings of a second, third … person in the same row, and who that is. */
export const personWords: readonly { pattern: RegExp; person: string }[] = [
  {
    pattern:
      /\b(plus ?one|plus ?1|guest of guest|begleitung|begleitperson|accompagnant|acompanante|accompagnatore|acompanhante|introducee|companion)\b/,
    person: 'plus-one',
  },
  {
    pattern:
      /\b(partner|partners|spouse|husband|wife|significant other|partnerin|ehepartner|conjoint|conjointe|pareja|conyuge|coniuge|compagno|conjuge|parceiro|second guest)\b/,
    person: 'partner',
  },
  {
    pattern: /\b(child|kid|kind|enfant|nino|hijo|bambino|figlio|crianca|filho)\b(?! of)/,
    person: 'child',
  },
  {
    pattern:
      /\b(guest|person|gast|invite|invitado|invitato|convidado|ospite|adult|member|adulte)\b/,
    person: 'guest',
  },
];

/** What events are called in headings, by the `kind` an event has in the app. */
export const eventWords: Readonly<Record<string, string>> = {
  ceremony: `ceremony|church|trauung|kirche|standesamt|zeremonie|ceremonie|mairie|eglise|ceremonia|iglesia|cerimonia|chiesa|igreja|kerk|wedding|nikah`,
  reception: `reception|drinks|sektempfang|empfang|vin d honneur|coctel|cocktail|ricevimento|copo d agua|receptie|borrel`,
  dinner: `dinner|meal|wedding breakfast|banquet|abendessen|feier|hochzeitsfeier|diner|cena|banquete|jantar|day|wedding day`,
  party: `party|evening|evening party|after party|dancing|disco|abendparty|fete|soiree|fiesta|festa|feest|avondfeest|evening reception`,
  brunch: `brunch|breakfast|day after|farewell brunch|lendemain|tornaboda|fruhstuck`,
  rehearsal: `rehearsal|rehearsal dinner|probeessen|repetition`,
  welcome: `welcome|welcome party|welcome drinks|polterabend|bienvenida|benvenuto|welkom|henna|mehndi|sangeet`,
};
