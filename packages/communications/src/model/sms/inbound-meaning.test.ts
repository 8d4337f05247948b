import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, understandText } from './inbound-meaning.ts';
import { type SmsLanguage, smsLanguages } from './languages.ts';

/** One phrase a line, as people write: accents or none, hurried, polite, angry. */
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const wishes: Record<SmsLanguage, string[]> = {
  en: lines(`
    STOP
    stop
    Stop.
    STOP!!!
    stooop
    S T O P
    s.t.o.p
    stop please
    Please STOP
    stop stop stop
    Stop, thanks
    STOPALL
    STOP ALL
    Unsubscribe
    UNSUBSCRIBE ME PLEASE
    End
    quit
    CANCEL
    revoke
    opt out
    OPT-OUT
    optout
    remove
    please stop texting me
    Pls stop txting me
    stop texting this number
    Stop sending me messages!
    stop sending these texts
    can you please stop messaging me?
    I want you to stop texting me
    I would like to stop receiving these messages
    I wish to quit getting these texts
    Stop with the texts already
    stop all messages to this number
    Who is this? STOP
    I don't know you. Stop.
    Wrong person. STOP. Thank you
    don't text me anymore
    Do not contact me again
    never text me again
    Please don’t send me any more messages
    dont send me texts
    I do not want to receive these texts
    I don't want any more messages
    We no longer wish to be contacted, and no longer want your messages
    I don't want you to text me
    No more texts please
    no more messages
    enough with the texts
    How do I unsubscribe?
    please unsubscribe this number
    I want to opt out
    opt me out of these messages please
    take me off your list
    remove me from this text list
    Please remove my number
    delete my number now
    lose my number
    leave me alone
    I revoke my consent
    fuck off`),
  es: lines(`
    ALTO
    Baja
    cancelar
    parar por favor
    Deja de mandarme mensajes
    dejen de escribirme por favor
    ¡Paren de enviar mensajes!
    No me envíen más mensajes
    no me escribas más
    No quiero recibir más mensajes
    no queremos sms
    No quiero que me escriban
    Quiero darme de baja
    dame de baja de los mensajes
    Borra mi número
    quiten mi número
    Sácame de tu lista
    no más mensajes por favor
    Basta de mensajes
    Déjame en paz`),
  fr: lines(`
    ARRET
    Arrêter
    arrêtez svp
    désabonner
    Arrêtez de m'envoyer des messages
    arrete de m’écrire
    Cessez de me contacter
    Arrêtez les SMS s'il vous plaît
    stop aux sms
    Ne m'envoyez plus de messages
    ne m'écrivez plus
    n'envoyez plus de sms
    Je ne veux plus recevoir de SMS
    je veux plus de messages
    Je souhaite plus être contacté
    Merci de me désinscrire
    désabonnez-moi
    Supprimez mon numéro
    Retirez-moi de votre liste
    Plus de messages svp
    Laissez-moi tranquille`),
  de: lines(`
    STOPP
    Abbestellen
    Ende
    Schluss jetzt
    Hört auf mir zu schreiben
    Hör bitte auf, mir SMS zu schicken
    Hoert bitte auf uns Nachrichten zu senden
    Schreibt mir bitte nicht mehr
    schreib mir nie wieder
    Schickt mir keine SMS mehr
    Bitte keine SMS mehr
    keine Nachrichten bitte
    Senden Sie mir bitte keine Nachrichten
    Ich möchte keine SMS mehr bekommen
    Ich will keine weiteren Nachrichten
    SMS abbestellen
    Löscht meine Nummer
    Bitte löschen Sie diese Nummer
    Nehmt mich von der Liste
    Lasst mich in Ruhe`),
  pt: lines(`
    PARAR
    Sair
    descadastrar
    Pare de me enviar mensagens
    Parem de mandar sms
    deixem de me escrever
    Não me envie mais mensagens
    não mandem mais sms por favor
    Não quero receber mais mensagens
    não queremos mensagens
    Remova o meu número
    apague meu contacto
    Me tire da lista
    tire-me da vossa lista
    Quero cancelar a subscrição
    Chega de mensagens
    por favor mais nenhuma mensagem
    Deixem-me em paz`),
  it: lines(`
    BASTA
    annulla
    cancellami
    Smettetela di mandarmi messaggi
    Smetti di scrivermi
    basta con i messaggi
    Non mandatemi più messaggi
    non mi scrivete più
    Non scrivermi più
    Non voglio ricevere altri messaggi
    non vogliamo più i vostri sms
    Toglietemi dalla lista
    rimuovimi dalla vostra lista per favore
    Cancellate il mio numero
    vorrei disiscrivermi
    Niente più sms
    Lasciatemi in pace`),
  nl: lines(`
    STOPPEN
    uitschrijven aub
    Stop met sms'en
    Stop alsjeblieft met het sturen van berichten
    Hou op met mij berichten te sturen en stop met sturen
    Stuur me geen berichten meer
    stuur geen sms meer
    Graag geen berichtjes meer
    Ik wil geen sms meer
    wij willen graag geen berichten
    Verwijder mijn nummer
    haal me van de lijst
    Ik wil me graag uitschrijven
    berichten stopzetten
    Laat me met rust`),
  pl: lines(`
    KONIEC
    rezygnuję
    wypisz mnie
    Przestańcie do mnie pisać
    przestań mi wysyłać smsy, nie chcę sms
    Proszę przestać wysyłać wiadomości
    Nie wysyłajcie mi więcej wiadomości
    nie pisz do mnie więcej
    Proszę więcej do mnie nie pisać
    Nie chcę smsów
    nie życzę sobie wiadomości
    Usuńcie mój numer
    proszę wypisać mnie z listy
    Rezygnuję z powiadomień
    dość tych smsów
    Dajcie mi spokój`),
  sv: lines(`
    STOPP
    avsluta
    avregistrera
    Sluta skicka sms
    sluta skriva till mig
    Snälla sluta sms:a mig, sluta smsa
    Skicka inga fler meddelanden
    skicka inte fler sms
    Inga fler sms tack
    Jag vill inte ha fler sms
    vill inte längre få meddelanden
    Ta bort mitt nummer
    ta bort mig från listan
    Avregistrera mig
    Lämna mig ifred`),
  tr: lines(`
    İPTAL
    durdur
    Mesaj göndermeyin
    lütfen bana mesaj atmayın
    Bir daha sms göndermeyin
    mesaj istemiyorum
    mesaj almak istemiyorum
    SMS göndermeyi bırakın
    Bana bir daha yazmayın
    Numaramı silin
    beni listeden çıkarın
    abonelikten çıkmak istiyorum
    Beni rahatsız etmeyin`),
};

/** They hold the same words and mean something else; opting such a guest out would lose them. */
const nearMisses = lines(`
  we can't stop smiling
  Can’t stop crying, so happy for you both!
  don't stop texting me, I love the updates
  please do not stop sending these messages
  Never stop sending messages, we love them
  Stop, I'm crying! So happy
  omg stop, that is so sweet
  The bus stops right at the church?
  which bus stop is closest
  Is there a stop at the hotel
  Where does the shuttle stop
  We will stop by the venue on Friday
  nonstop flight arrives at 6
  full stop
  What does Reply STOP mean
  do I have to reply STOP
  Will there be a stopover
  the end of June works for us
  When does the party end?
  We can stay until the end
  We have to cancel our hotel room
  Sorry, we must cancel, the baby is ill
  cancel our dinner please, we only come to the church
  I quit my job so I can come!
  I will quit smoking before the wedding
  please remove me from the guest list, I can't come
  take us off the brunch list please
  remove the plus one please
  Remove my number and use my husband's: 555 0100
  We opt out of the brunch
  we'd like to opt for the vegetarian menu
  no more than two people
  No more questions, thanks!
  no more gluten for me please
  I don't want any cake
  don't send gifts? ok
  We don't send RSVP cards back, right
  don't text and drive!
  Don't text me before noon, I work nights
  do not contact the caterer yet
  I stopped texting my ex, can I bring a new plus one
  I'll stop messaging now, see you Saturday
  I have not received any messages
  did I miss a text message
  Which number should I text
  text me when you arrive
  Yes
  no
  NO
  YES we will be there
  Yes 2
  No, sorry
  fine
  Fine with me
  ok
  thanks!
  Is this Sofia?
  wrong number
  What is the dress code?
  Is there parking for people in need of help
  can you help us find a hotel
  Who can give me info about the shuttle
  when does it start
  The ceremony starts at 3?
  we start driving at noon
  No podemos parar de sonreír
  no dejes de escribirme
  No me escribas antes de las 9
  ¿Dónde para el autobús?
  No quiero regalos
  es para dos personas
  Quitadme de la lista de invitados, no puedo ir
  al fin podemos ir
  el alto de la familia es primo mío
  N'arrêtez pas de nous envoyer des photos
  on ne peut pas s'arrêter de sourire
  L'arrêt de bus est où ?
  à la fin du mois
  Ne m'envoyez pas de cadeaux
  Plus de messages que prévu, quelle joie
  Je ne veux plus de dessert
  Désinscrivez-moi du brunch svp
  c'est dur de choisir
  Retirez-moi de la liste des invités svp
  remove me from the waiting list
  can you stop by tomorrow to drop off the messages board
  We had to stop the car, sorry for the late reply
  Please stop the music at ten, my kids will sleep
  Quando posso chiamare? non scrivermi prima delle 9
  Hört bitte nicht auf, uns zu schreiben
  Wir können nicht aufhören zu lachen
  Ich habe keine SMS mehr bekommen
  wir haben keine Nachrichten erhalten
  Ich muss mich leider abmelden, bin krank
  Bitte keine Geschenke mehr
  am Ende der Straße?
  Wo ist die Haltestelle
  Schickt uns bitte die Adresse
  Não parem de mandar fotos
  não consigo parar de sorrir
  Onde para o autocarro?
  é para quatro pessoas
  Não quero presentes
  Tira-me da lista de convidados, não posso ir
  até ao fim da festa
  Non smettete di mandarci foto
  non riesco a smettere di sorridere
  alla fine della serata
  Va bene, fine settimana libero
  Non voglio regali
  Toglietemi dalla lista degli invitati
  quanto basta
  Stop niet met foto's sturen
  we kunnen niet stoppen met lachen
  Ik heb geen berichten meer gekregen
  We willen geen cadeaus
  Waar is de bushalte, welke stop
  Tot het einde van het feest
  Nie przestawajcie pisać
  nie mogę przestać się śmiać
  Nie chcę prezentów
  koniec miesiąca pasuje
  Usuńcie mnie z listy gości, nie przyjadę
  Sluta inte skicka bilder
  kan inte sluta le
  Skicka inga presenter
  i slutet av veckan
  ta bort mig från gästlistan tack
  Mesaj göndermeyi bırakmayın
  Hediye istemiyorum
  otobüs nerede duruyor
  🎉🎉🎉
  ❤️`);

describe('a wish to be left alone', () => {
  for (const language of smsLanguages) {
    it(`is understood in ${language}, whatever language the guest was thought to speak`, () => {
      const missed: string[] = [];
      for (const wish of wishes[language]) {
        for (const home of [language, null]) {
          if (understandText(wish, home).meaning !== 'stop') missed.push(`${home}: ${wish}`);
        }
      }
      expect(missed).toEqual([]);
    });
  }

  it('is tested on more than two hundred sentences, and more than a hundred that are none', () => {
    expect(Object.values(wishes).flat().length).toBeGreaterThan(200);
    expect(nearMisses.length).toBeGreaterThan(100);
  });

  it('is not heard where the same words mean something else', () => {
    const wrong = nearMisses
      .map((text) => ({ text, ...understandText(text) }))
      .filter(({ meaning }) => meaning !== 'other');
    expect(wrong).toEqual([]);
  });

  it('decides by the language of the guest about a word of two languages', () => {
    expect(understandText('fine', 'it')).toEqual({ meaning: 'stop', language: 'it' });
    expect(understandText('fine', 'en').meaning).toBe('other');
    expect(understandText('dur', 'tr').meaning).toBe('stop');
    expect(understandText('dur', 'fr').meaning).toBe('other');
    expect(understandText('abmelden', 'de').meaning).toBe('stop');
  });

  it('tells in which language it was said, so that the answer can be in it', () => {
    expect(understandText('Arrêtez de m’écrire', 'en').language).toBe('fr');
    expect(understandText('STOP', 'de').language).toBeNull();
  });
});

describe('START and HELP', () => {
  it.each([
    'START',
    'start please',
    'UNSTOP',
    'Resume',
    'subscribe',
    'opt in',
    'iniciar',
    'reprendre',
    'starten',
    'recomeçar',
    'inizia',
    'hervatten',
    'wznów',
    'återuppta',
    'başlat',
  ])('%s asks for texts again', (text) => expect(understandText(text).meaning).toBe('start'));

  it.each(['HELP', 'Help!', '?', 'info', 'ayuda', 'Aide svp', 'Hilfe', 'ajuda', 'aiuto', 'hulp'])(
    '%s asks who writes',
    (text) => expect(understandText(text).meaning).toBe('help'),
  );
  it.each(['pomoc', 'hjälp', 'yardım'])('%s asks who writes', (text) =>
    expect(understandText(text).meaning).toBe('help'),
  );

  it('YES is an answer to the invitation and no consent', () => {
    for (const yes of ['YES', 'sí', 'oui', 'ja', 'sim', 'tak', 'evet']) {
      expect(understandText(yes).meaning).toBe('other');
    }
  });
});

describe('understanding', () => {
  it('takes no time on a text made to be slow', () => {
    const started = performance.now();
    for (const text of [
      'stop the '.repeat(5_000),
      'no '.repeat(20_000),
      `don't ${'a '.repeat(9_000)}`,
    ]) {
      understandText(text);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('takes no time on any order of the words that rules are made of, and never fails', () => {
    const words = [...Object.values(wishes).flat(), ...nearMisses].join(' ').split(/\s+/);
    const text = fc.oneof(
      fc.array(fc.constantFrom(...words), { maxLength: 200 }).map((chosen) => chosen.join(' ')),
      fc.string({ unit: 'binary', maxLength: 2_000 }),
    );
    let slowestMs = 0;
    fc.assert(
      fc.property(text, (written) => {
        const started = performance.now();
        expect(['stop', 'start', 'help', 'other']).toContain(understandText(written).meaning);
        slowestMs = Math.max(slowestMs, performance.now() - started);
      }),
      { numRuns: 300 },
    );
    // A rule that backtracks without bound would take minutes, on any machine.
    expect(slowestMs).toBeLessThan(5_000);
  }, 60_000);

  it('folds letters, apostrophes and marks', () => {
    expect(foldText('  Ça, c’est DON’T—I’m  “Łódź”! ')).toBe('ca c est dont im lodz');
  });
});
