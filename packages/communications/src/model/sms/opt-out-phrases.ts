import type { SmsLanguage } from './languages.ts';

/**
 * Wishes to be left alone in free text, on texts folded by `foldText`. Each rule names the deed AND
 * that it is about texts or about being written to: "stop" alone also stands in bus stops, and
 * "cancel" and "remove me from the list" may be answers to the invitation. `unless` are sentences
 * in which the same words mean the contrary; one of them silences the rules of its language.
 */
export interface PhraseTable {
  stops: readonly RegExp[];
  unless: readonly RegExp[];
}

const english: PhraseTable = {
  stops: [
    /\b(stop|quit|cease|end|discontinue) ((all|these|those|the|this|your|sending|with|of|any|more|me|us|so many|further) )*(text|texts|texting|txt|txts|txting|message|messages|messaging|msg|msgs|sms|contacting|spam|spamming|bothering|harassing|pinging|notifications?|alerts|reminders)\b/,
    /\b(stop|quit) (sending|writing)( (me|us|them|these|this|it|anything|stuff|to (me|us|this number|my phone)))?( please| now| thanks)?$/,
    /\b(stop|quit) (getting|receiving) ((any|these|those|the|your|more|all) )*(texts?|txts?|messages?|msgs?|sms|updates|reminders|notifications|these|them)\b/,
    /\b(do not|dont|never|no longer) (ever )?(text|txt|message|msg|contact|sms) (me|us|my|this|here|again|anymore|any more)\b/,
    /\b(do not|dont|never) (ever )?(send|write)( me| us| to me| to us)? ((any|more|other|further|these|your) )*(texts?|txts?|messages?|msgs?|sms|anymore|again|anything)\b/,
    /\b(do not|dont|no longer|not) (want|wish|care|need|like) (you )?((to|get|receive|be|any|more|these|those|your|further|text|message|send|getting|receiving|such|me|us) )*(texts?|txts?|texted|messages?|messaged|msgs?|sms|contacted|notifications|reminders)\b/,
    /\b(do not|dont) want you to (text|message|contact|write)\b/,
    /^((please|pls|ok|hi|hello|thanks|enough|and|so) )*no more ((of|these|your|those|the) )*(texts?|texting|txts?|messages?|msgs?|sms|messaging|notifications|reminders)\b/,
    /\b(enough|done) (with|of) ((the|these|your|all|those) )*(texts?|texting|messages?|messaging|sms)\b/,
    /\bunsubscrib(e|ing)\b/,
    /\bopt(ing)? (me |us |this number |my number )?out( (of|from) ((these|the|your|all|this|further|any|receiving) )*(texts?|messages?|sms|texting|list|notifications))?( please| pls| now| thanks| thank you)?$/,
    /\b(take|remove|delete|get|drop) (me|us|my number|this number|my phone|my phone number) (off|from|out of) ((of|this|these|your|the|all) )*(text|texts|texting|sms|message|messages|messaging|mailing|contact|distribution|marketing|list|lists|database|thread)\b/,
    /\b(remove|delete|lose|erase|forget) (my|this) (phone |mobile |cell )?number\b/,
    /\bleave (me|us) alone\b/,
    /\b(revoke|withdraw|withdrawing|revoking|rescind) (my |our )?(consent|permission)\b/,
    /^(fuck|piss|bugger|get|go) (off|lost|away)$/,
  ],
  unless: [
    /\b(do not|dont|never|cant|cannot|can not|couldnt|could not|wont|will not|didnt|did not|wouldnt|not|no) (ever |want to |want you to |wanna |please |be able to )*(stop|quit|end|unsubscribe|opt|cease|remove|delete)\b/,
    /\b(i|we|he|she|they|ill|well|shell|theyll) (really |just |finally |will |have to |had to |should |must |did |might |may )*(stop|quit|stopped|end) (texting|messaging|sending)\b/,
    /\b(text|message|contact|send) (me|us) (\w+ )?(before|until|while|during|tonight|today|this week|when|unless|late|early|so late|so early|at night|in the morning|now)\b/,
    /\b(remove|delete|take) .*\bguest list\b/,
    /\b(remove|delete|lose) (my|this) (\w+ )?number (and|but) (use|add|put|replace|take)\b/,
  ],
};

const spanish: PhraseTable = {
  stops: [
    /\b(deja|deje|dejen|dejad|dejar|para|pare|paren|parad) de (mandar|enviar|escribir|molestar|contactar|mensajear|textear|acosar|spamear)\w*/,
    /\bno (me|nos) (mandes|mande|manden|mandeis|envies|envie|envien|envieis|escribas|escriba|escriban|escribais|contactes|contacte|contacten|molestes|moleste|molesten) ((mas|otro|ningun|otra|nunca|de nuevo|estos|tantos) ?)*(mensajes?|sms|textos?|nada|$)/,
    /\bno (quiero|queremos|deseo|deseamos) (\w+ ){0,3}(mensajes|sms|textos|notificaciones)\b/,
    /\bno (quiero|queremos|deseo) que (me|nos) (escriban|escribas|manden|mandes|envien|contacten|contactes)\b/,
    /\b(darme|darnos|dame|denme|deme|darse) de baja( (de|en) ((los|estos|la|esta|su|tu) )?(mensajes|sms|lista|suscripcion))?( por favor| gracias)?$/,
    /\b(borra|borre|borren|elimina|elimine|eliminen|quita|quite|quiten|saca|saquen) (por favor )?(mi|este) (numero|telefono|movil)\b/,
    /\b(quitame|quitenme|eliminame|eliminenme|borrame|borrenme|sacame|saquenme) de (la|su|tu|esta|vuestra) lista( de (mensajes|sms|difusion))?( por favor| gracias)?$/,
    /^((por favor|ya) )*no mas (mensajes|sms|textos)\b/,
    /\b(basta|suficiente) (de|con) ((los|estos|tantos) )?(mensajes|sms|textos)\b/,
    /\b(dejame|dejenme|dejeme|dejadme) en paz\b/,
    /\b(desuscrib\w+|cancelar (la |mi )?suscripcion)\b/,
  ],
  unless: [
    /\bno (\w+ ){0,2}(deja|dejes|deje|dejen|dejeis|dejar|pare|pares|paren|parar|puedo|podemos) de (mandar|enviar|escribir)/,
    /\bno (me|nos) (escrib|mand|envi|molest|contact)\w+ (\w+ )?(antes de|hasta|cuando|mientras|hoy|esta noche)\b/,
  ],
};

const french: PhraseTable = {
  stops: [
    /\b(arretez|arrete|arreter|cessez|cesse|stoppez|stop) ((svp|s il vous plait|s il te plait|merci|tout de suite) )*(de|d) (m |me |nous )?(envoyer|ecrire|contacter|texter|spammer|deranger|harceler|embeter)/,
    /\b(arretez|arrete|arreter|cessez|stoppez|stop) ((avec|tous|les|ces|vos|l|envoi|de|d|aux) )*(sms|messages|textos|notifications|envois)\b/,
    /\b(ne |n )?(m |me |nous )?(envoyez|envoie|envoies|ecrivez|ecris|contactez|contacte|textez|derangez)( moi| nous)? plus( (de|aucun|ces|jamais|d autres|rien))?( (sms|messages?|textos?))?( svp| s il vous plait| s il te plait| merci)?$/,
    /\b(ne |n )(m |me |nous )?(envoyez|envoie|envoies) (pas|plus) (de |ces |d autres |vos )?(sms|messages?|textos?)\b/,
    /\bje (ne )?(veux|souhaite|desire) (plus|pas) (\w+ ){0,4}(sms|messages?|textos?|contacte|contactee|notifications)\b/,
    /\bnous ne (voulons|souhaitons) (plus|pas) (\w+ ){0,4}(sms|messages?|textos?|contactes)\b/,
    /\b(desabonn\w+|desinscri\w+)\b/,
    /\b(retirez|retire|enlevez|enleve|supprimez|supprime|effacez|efface) (mon|ce|notre) (numero|telephone|portable)\b/,
    /\b(retirez|retire|enlevez|enleve|supprimez|supprime)( moi| nous) de (la|votre|cette|ta|vos) (liste|listes)( (de diffusion|d envoi|sms|de sms))?( svp| s il vous plait| merci)?$/,
    /^((svp|s il vous plait|merci) )*plus (de|aucun) (sms|messages?|textos?)( svp| s il vous plait| merci)?$/,
    /\b(laissez|laisse|fichez|foutez)( moi| nous) (tranquilles?|la paix|en paix)\b/,
  ],
  unless: [
    /\b(n|ne) (arret|cess|stopp)\w+ (surtout )?(pas|jamais)\b/,
    /\b(arrive|arrivons|peux|pouvons|puis|faut|veux|voulons) (pas|jamais|plus)( a| d| de)? (m |nous )?(arreter|cesser)\b/,
    /\b(desabonn|desinscri)\w+ (pas|surtout pas)\b|\bne (me|nous) (desabonn|desinscri)\w+ pas\b/,
    /\b(desinscri|desabonn)\w+ (moi |nous )?(du|de la|de l|au) (brunch|diner|ceremonie|soiree|mariage|apero)/,
  ],
};

const german: PhraseTable = {
  stops: [
    /\b(hort|hor|hore|hoer|hoert|horen sie|hoeren sie) (bitte |endlich |jetzt |doch )*auf (\w+ ){0,4}(zu )?(schreiben|senden|schicken|texten|simsen|kontaktieren|nerven|belastigen|belaestigen)\b/,
    /\b(schreib|schreibe|schreibt|schreiben sie|kontaktiere|kontaktiert|kontaktieren sie|texte|textet|simst) (mir|mich|uns) (bitte )?(\w+ )?(nicht mehr|nie wieder|nie mehr)( bitte)?$/,
    /\b(schick|schicke|schickt|schicken sie|sende|sendet|senden sie|schreib|schreibt|schreiben sie) (mir|uns) (bitte )?(\w+ )?keine (weiteren )?(sms|nachrichten|textnachrichten|mitteilungen)\b/,
    /\bkeine (weiteren )?(sms|nachrichten|textnachrichten|mitteilungen) mehr\b/,
    /^((bitte|hallo) )*keine (weiteren )?(sms|nachrichten|textnachrichten)( bitte| danke)?$/,
    /\b(will|wollen|mochte|moechte|mochten|moechten|wunsche|wuensche) (\w+ ){0,3}(keine|nicht mehr|nicht) (weiteren )?(sms|nachrichten|textnachrichten|angeschrieben|kontaktiert)\b/,
    /\b(sms|nachrichten|benachrichtigungen) (bitte )?(abbestellen|abmelden|stoppen|beenden|einstellen)\b/,
    /\b(losch|losche|loscht|loschen sie|loesch|loesche|loescht|loeschen sie|entferne|entfernt|entfernen sie) (bitte )?(meine|diese|unsere) (nummer|telefonnummer|handynummer|mobilnummer)\b/,
    /\b(nehmt|nimm|nehmen sie|streicht|streich|streichen sie) (mich|uns|meine nummer) (bitte )?(von|aus) (der|dem|eurer|ihrer|diesem|dieser) (sms liste|liste|verteiler|smsliste|sms verteiler)\b/,
    /\blass(t|en sie)? (mich|uns) (bitte |endlich )*in (ruhe|frieden)\b/,
  ],
  unless: [
    /\b(hort|hor|hore|horen sie|hoert) (bitte )?(nicht|nie|niemals) auf\b/,
    /\b(hab|habe|haben|hatte|hatten|kam|kamen|bekam|bekamen|warum|wieso|gab) (\w+ ){0,4}keine (weiteren )?(sms|nachrichten|textnachrichten|mitteilungen)\b/,
    /\bbekomme(n)? (\w+ ){0,2}keine (sms|nachrichten) mehr\b/,
  ],
};

const portuguese: PhraseTable = {
  stops: [
    /\b(para|pare|parem|parar|deixa|deixe|deixem) de (me |nos )?(enviar|mandar|escrever|contactar|contatar|incomodar|chatear)\w*/,
    /\bnao (me |nos )?(envie|envies|enviem|mande|mandes|mandem|escreva|escrevas|escrevam|contacte|contactem|contate|contatem|incomode|incomodem)( me| nos)?( \w+){0,2} ?(mais|mensagem|mensagens|sms|nada)( (mensagem|mensagens|sms|nada))?( por favor| obrigado| obrigada)?$/,
    /\bnao (quero|queremos|desejo|desejamos|pretendo) (\w+ ){0,3}(mensagens|sms|notificacoes)\b/,
    /\b(remova|remove|removam|retire|retirem|retira|apague|apaguem|apaga|elimine|exclua|tire) (o )?(meu|este) (numero|contacto|contato|telefone|telemovel|celular)\b/,
    /\b(remova|retire|retira|tire|tira|remove|tirem|retirem|removam)( me| nos) (da|desta|dessa) (sua |vossa |tua )?lista( de (mensagens|sms|envio|transmissao))?( por favor| obrigado| obrigada)?$/,
    /\bme (remova|retire|tire|tira) (da|desta|dessa) (sua )?lista( de (mensagens|sms))?( por favor)?$/,
    /\b(descadastr\w+|cancelar (a |minha )?(subscricao|inscricao|assinatura))\b/,
    /\b(chega|basta) de (mensagens|sms)\b/,
    /^((por favor) )*mais nenhuma (mensagem|sms)\b|^((por favor) )*sem mais (mensagens|sms)\b/,
    /\b(deixem?|deixa)( me| nos) em paz\b|\bme deix(a|e|em) em paz\b/,
  ],
  unless: [
    /\bnao (\w+ ){0,2}(para|pare|pares|parem|parar|deixa|deixe|deixes|deixem|deixar|consigo|conseguimos)( \w+)? de (me |nos )?(enviar|mandar|escrever)/,
    /\bnao (me |nos )?(escrev|envi|mand|contact)\w+( \w+)? (antes d\w+|ate|enquanto|hoje|esta noite)\b/,
  ],
};

const italian: PhraseTable = {
  stops: [
    /\b(smetti|smettete|smettetela|smettila|smetta|piantatela|piantala|finitela|finiscila|basta) (per favore )?(di|con|a) (mandar|inviar|scriver|contattar|disturbar|messaggiar|spammar)\w*/,
    /\bnon (mandatemi|mandarmi|mandateci|mandarci|inviatemi|inviarmi|inviateci|scrivetemi|scrivermi|scriveteci|contattatemi|contattarmi|disturbatemi|disturbarmi|mi mandate|mi scrivete|mi mandi|mi mandare|mi scriva|mi scrivere|mi invii|mi inviate|mi contatti|mi contattate)( \w+)? ?(piu|altri|messaggi|sms)\b/,
    /\bnon (voglio|vogliamo|desidero|desideriamo|vorrei) (\w+ ){0,4}(messaggi|sms|notifiche|contattato|contattata)\b/,
    /\b(cancellami|cancellatemi|rimuovimi|rimuovetemi|toglimi|toglietemi|levatemi) (dalla|da questa|dalla vostra|dalla tua) lista( (dei messaggi|sms|di invio))?( per favore| grazie)?$/,
    /\b(cancella|cancellate|rimuovi|rimuovete|togli|togliete|elimina|eliminate) (per favore )?(il mio|questo|il nostro) numero\b/,
    /\b(disiscriv\w+|annullare? (l )?iscrizione|disdire i messaggi)\b/,
    /\bbasta (con )?((i|gli|questi|tutti) )*(messaggi|sms)\b/,
    /\bniente piu (messaggi|sms)\b|^((per favore) )*(niente|nessun) (altri |altro )?(messaggi|messaggio|sms)( per favore| grazie)?$/,
    /\blascia(temi|mi|teci|ci) in pace\b/,
  ],
  unless: [
    /\bnon (\w+ ){0,3}(smett\w+|piant\w+|finit\w+|finisc\w+)( mai)? (di|con)\b/,
    /\bnon (mi )?(scriv|mand|invi|contatt|disturb)\w+( \w+)? (prima|fino|stasera|oggi|mentre|di notte)\b/,
  ],
};

const dutch: PhraseTable = {
  stops: [
    /\b(stop|stoppen|hou|houd|houden|ophouden) ((alsjeblieft|alstublieft|aub|maar|nou|eens|nu|op|jullie|u) )*met ((het|die|deze|al|alle|dat|jullie|mij|me|ons|sturen|van) )*(sturen|sms|smsen|smsjes|sms jes|berichten|berichtjes|appen|schrijven|texten|contacteren)\b/,
    /\b(stuur|stuurt|sturen) ((me|mij|ons|alsjeblieft|alstublieft|aub|dan) )*(geen|niet meer|nooit meer) ((meer|nog|van die) )*(sms|smsjes|berichten|berichtjes|sms en)\b/,
    /\bgeen (sms|smsjes|sms jes|berichten|berichtjes) meer\b/,
    /\b(wil|willen|wens|wensen) ((ik|wij|we|graag|echt|ook) )*(geen|niet langer|niet meer) (\w+ ){0,2}(sms|smsjes|berichten|berichtjes|gecontacteerd|benaderd)\b/,
    /\b(verwijder|verwijderen|wis) (alsjeblieft |aub )?(mijn|dit|ons) (nummer|telefoonnummer|mobiele nummer)\b/,
    /\b(haal|verwijder|schrap) (me|mij|ons) ((alsjeblieft|aub) )?(van|uit) (de|deze|jullie|uw) (lijst|verzendlijst|sms lijst|maillijst|smslijst)\b/,
    /\b(schrijf (me|mij|ons) (aub |alsjeblieft )?uit|(me|mij|ons) (graag )?uit(schrijven| te schrijven))( (van|voor) (deze |de |jullie )?(sms|smsjes|berichten))?( aub| alsjeblieft)?$/,
    /\b(smsjes|sms|berichten) (stoppen|stopzetten|afmelden|uitzetten)\b/,
    /\blaat (me|mij|ons) (alsjeblieft |aub )?met rust\b/,
  ],
  unless: [
    /\b(stop|stoppen|hou|houden|ophouden) (alsjeblieft |aub )?(niet|nooit) (op )?met\b/,
    /\b(niet|nooit|kunnen|kan) (\w+ )?(stoppen|ophouden) met\b/,
    /\b(heb|hebben|kreeg|kregen|krijg|krijgen|waarom|zijn er) (\w+ ){0,3}geen (sms|smsjes|berichten|berichtjes) meer\b/,
  ],
};

const polish: PhraseTable = {
  stops: [
    /\b(przestan|przestancie|przestac|skoncz|skonczcie|skonczyc) (\w+ ){0,4}(wysylac|pisac|przysylac|slac|smsowac|nekac|wysylania|wysylanie|pisaniem|smsami)\b/,
    /\bnie (wysylaj|wysylajcie|wysylac|pisz|piszcie|pisac|przysylaj|przysylajcie|przysylac|slij|slijcie|kontaktuj|kontaktujcie) (\w+ ){0,3}(wiecej|juz|sms|sms ow|smsow|wiadomosci)\b/,
    /\b(wiecej|juz) (\w+ ){0,2}nie (pisz|piszcie|pisac|wysylaj|wysylajcie|wysylac|przysylajcie)\b/,
    /\bnie (chce|chcemy|zycze sobie|zyczymy sobie) (\w+ ){0,3}(sms|smsow|sms ow|wiadomosci)\b/,
    /\b(usun|usuncie|usunac|wykresl|wykreslcie|wykreslic|skasuj|skasujcie|wypiszcie) (prosze )?(moj|ten) numer\b/,
    /\b(wypisz|wypiszcie|wypisac|usun|usuncie|wykreslcie|usunac) (mnie|nas) (prosze )?(z|ze) ((tej|waszej|listy|tych) )*(listy|sms|smsow|wiadomosci|subskrypcji)( (sms|prosze|dziekuje))?$/,
    /\brezygnuje (\w+ )?(z|ze) (\w+ )?(sms|smsow|wiadomosci|subskrypcji|powiadomien)\b/,
    /^((prosze) )*(zadnych|koniec|dosc|bez) (wiecej )?(z )?(tych |tymi |tym )?(smsow|smsami|wiadomosci|sms)( wiecej| prosze)?\b/,
    /\b(daj|dajcie) (mi|nam) (\w+ )?spokoj\b|\bzostaw(cie)? (mnie|nas) w spokoju\b/,
  ],
  unless: [
    /\bnie (przestan|przestancie|przestawaj|przestawajcie|moge przestac|mozemy przestac|potrafie przestac)\b/,
    /\blisty gosci\b/,
  ],
};

const swedish: PhraseTable = {
  stops: [
    /\b(sluta|upphor) (\w+ ){0,2}(skicka|skriva|sms|smsa|messa|kontakta|spamma|hora av er)\b/,
    /\b(skicka|skriv|smsa|kontakta|messa) ((mig|oss|till|snalla) )*(inte|inga|aldrig) ((fler|mer|mig|oss|langre|nagra|nagot) )*(sms|meddelanden|mer|igen|langre)\b/,
    /^((snalla|tack|hej) )*inga (fler|mer) (sms|meddelanden)\b/,
    /\bvill inte ((langre|ha|fa|ta|emot|nagra|fler|era|mer|dessa) )*(sms|meddelanden|bli kontaktad)\b/,
    /\b(ta bort|radera|stryk) (\w+ )?(mitt|det har|vart) (nummer|numret|telefonnummer|mobilnummer)\b/,
    /\b(ta bort|stryk) (mig|oss) (fran|ur) ((er|din|denna|den|har) )*(lista|listan|sms lista|sms listan|sandlista|sandlistan|utskick|utskicken)\b/,
    /\bavregistrera (mig|oss|mitt nummer)\b|\bavprenumerera\b|\bavsluta (prenumerationen|sms|utskicken)\b/,
    /\blamna (mig|oss) i ?fred\b|\blat (mig|oss) vara( i fred)?\b/,
  ],
  unless: [/\b(inte|aldrig) (\w+ )?sluta\b/, /\bsluta (\w+ )?(inte|aldrig)\b/, /\bgastlistan\b/],
};

const turkish: PhraseTable = {
  stops: [
    /\b(mesaj|mesajlar|mesajlari|sms|ileti)( \w+){0,2} (gondermeyin|gondermeyiniz|gonderme|atma|atmayin|atmayiniz|yollamayin|yollama|istemiyorum|istemiyoruz|kesin|durdurun)\b/,
    /\b(mesaj|sms) (gondermeyi|atmayi|yollamayi) (\w+ )?(birak|birakin|kes|kesin|durdurun)\b/,
    /\b(bana|bize) (\w+ ){0,2}(yazmayin|yazma|ulasmayin|yazmayiniz)\b/,
    /\b(numarami|bu numarayi|numaramizi) (\w+ ){0,2}(sil|silin|siliniz|cikarin|cikar|kaldirin|siler misiniz)\b/,
    /\b(beni|bizi) (\w+ ){0,2}(listeden|listenizden|sms listesinden|mesaj listesinden) (cikar|cikarin|silin|cikariniz)\b/,
    /\babonelik(ten|imi)? (cikmak|cik|ayrilmak|iptal)\b/,
    /\b(rahatsiz etmeyin|rahat birakin|beni rahat birak)\b/,
  ],
  unless: [
    /\b(gondermeyi|atmayi|yazmayi) (birakma|birakmayin|kesme|kesmeyin|unutma|unutmayin)\b/,
    /\b(saatten once|gece|simdi|bugun)\b/,
  ],
};

export const phrasesOf: Record<SmsLanguage, PhraseTable> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  pt: portuguese,
  it: italian,
  nl: dutch,
  pl: polish,
  sv: swedish,
  tr: turkish,
};
