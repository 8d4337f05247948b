import { foldAccents } from './fold.ts';

/**
 * Given names that are forms of one another, folded, the full form first. A short form may stand in
 * several groups (`alex`). Only everyday forms: a far-fetched pair would cost precision.
 */
const groups: readonly string[] = [
  'robert bob bobby rob robbie bert roberto',
  'william bill billy will willy liam wilhelm guillaume guillermo',
  'richard rick ricky dick rich richie ricardo riccardo',
  'elizabeth liz lizzie beth betty eliza elisabeth lisbeth elsie lisa isabel isabella elisa libby',
  'katherine kate katie kathy cathy catherine kathryn katharina katharine kit catarina caterina catalina karin kathrin katrin',
  'margaret maggie meg peggy greta margarita marguerite margarethe gretchen margherita',
  'james jim jimmy jamie jaime giacomo',
  'john johnny jack jon johann johannes hans juan jean joao giovanni jan ivan',
  'jonathan jon jonny nathan',
  'michael mike mick mickey michel michele miguel mikhail misha micha',
  'christopher chris kit topher christoph cristobal',
  'christine chris chrissie tina christina kristina christiane cristina',
  'thomas tom tommy tomas tommaso',
  'edward ed eddie ted ned eduard eduardo edoardo',
  'alexander alex sandy xander sasha alec alejandro alessandro aleksandr alexandre',
  'alexandra alex sandra lexi sasha alessandra alejandra',
  'andrew andy drew andreas andre andres andrei',
  'anthony tony anton antonio antoine',
  'benjamin ben benny benji',
  'charles charlie chuck chas carlos carlo karl carl',
  'daniel dan danny daniele',
  'david dave davey davide',
  'deborah deb debbie debra',
  'dorothy dot dottie dorothea dora',
  'eleanor ellie nora nell elenor eleonora leonor',
  'frances fran franny fanny francesca franziska francisca',
  'francis frank frankie franz francesco francisco paco pancho francois',
  'frederick fred freddie fritz friedrich federico frederic',
  'gabrielle gaby gabby gabriele gabriela gabriella',
  'gerald gerry jerry gerard gerhard',
  'gregory greg gregor',
  'helen nell helena elena helene lena',
  'henry harry hank heinrich enrique henri enrico heinz',
  'jacob jake jakob',
  'jacqueline jackie',
  'jennifer jen jenny jenn',
  'jessica jess jessie',
  'joseph joe joey jose josef giuseppe pepe beppe',
  'josephine jo josie josefina giuseppina',
  'joanna jo joanne johanna giovanna juana',
  'joshua josh',
  'judith judy',
  'kenneth ken kenny',
  'kimberly kim kimberley',
  'laurence larry lawrence lars lorenz lorenzo laurent',
  'leonard leo len lenny leonardo leonhard',
  'louis lou louie lewis luis luigi ludwig',
  'madeleine maddie maddy madeline magdalena lena',
  'matthew matt matty matthias mateo matteo mathieu matthieu',
  'maximilian max massimiliano maxim maxime',
  'nancy nan',
  'natalie nat nataly natalia natasha',
  'nathaniel nate nathan nat',
  'nicholas nick nicky nico nicolas niklas klaus nicola nikolai',
  'nicole nicky nikki nicola',
  'olivia liv livvy',
  'oliver ollie olli',
  'pamela pam',
  'patricia pat patty trish tricia patrizia',
  'patrick pat paddy patricio',
  'paul pablo paolo paulo pavel',
  'peter pete pedro pietro pierre piotr pyotr',
  'philip phil pip philipp phillip felipe filippo philippe',
  'rebecca becky becca bec rebekka',
  'raymond ray raymund ramon',
  'ronald ron ronnie',
  'samuel sam sammy',
  'samantha sam sammie',
  'sarah sally sara',
  'stephanie steph stefanie stephany',
  'stephen steve steven stefan stephan stefano esteban etienne',
  'susan sue suzie susie suzanne susanne susanna',
  'theodore ted teddy theo',
  'theresa terry tess teresa therese',
  'timothy tim timmy',
  'valerie val',
  'veronica ronnie vroni veronika',
  'victoria vicky vicki tori viktoria',
  'vincent vince vinny vincenzo vicente',
  'walter walt wally',
  'zachary zach zack',
  'abigail abby gail',
  'amanda mandy',
  'barbara barb babs barbie',
  'beatrice bea beatrix trixie beatriz',
  'caroline carrie caro carolina karoline',
  'cynthia cindy',
  'donald don donnie',
  'douglas doug',
  'emily em emmy emilia emilie',
  'eugene gene eugen',
  'florence flo flora',
  'george georgie jorge giorgio georg georges jurgen',
  'harold hal harry',
  'isaac ike',
  'jeffrey jeff geoffrey geoff',
  'lillian lily lilly',
  'lucy lucia luzia lucie',
  'martha marty marta',
  'martin marty martino',
  'melissa mel missy',
  'melanie mel',
  'mary molly polly marie maria',
  'nigel nige',
  'penelope penny',
  'rachel rach raquel',
  'rosemary rose rosie',
  'russell russ',
  'sebastian seb bastian basti sebastiano',
  'simon si',
  'tobias toby tobi',
  'wendy gwendolyn gwen',
  'ulrich uli',
  'wolfgang wolf',
  'dietrich dieter',
  'manuel manolo manny emanuel',
  'ignacio nacho',
  'mercedes merche',
  'dolores lola',
  'concepcion concha',
  'guadalupe lupe',
  'yevgeny zhenya evgeny',
  'dmitry dima dmitri',
  'vladimir vova volodya',
  'ekaterina katya',
  'anastasia nastya',
  'tatiana tanya',
  'anna anne annie ana',
  'henrietta hetty etta',
  'cornelia conny',
  'cornelis cees kees',
  'hendrik henk',
  'pieter piet',
  'wilhelmina mina willemijn',
  'willem wim',
];

/** Further common names, so that `Costa e Silva` and `Ana e Rui` are told apart. */
const others =
  'aaron hanna hannah anja mia andrea adam adele adrian agnes aileen aisha alan albert alberto alfred ali alice alicia alina amelia amelie amir amy anders angela angelika angelina anita annika antje ariana arthur astrid audrey aurelie aurora ava axel aya bart bastien bea bernd bernhard bianca birgit bjorn blanca brandon brenda brian bridget brigitte bruno camila camille carla carmen cecilia cedric celine chantal charlotte chiara chloe claire clara claudia claudio clemens colin connor constance dagmar damien daniela danielle daria dennis denise derek diana diego dirk dominic dominik doris duarte dylan eduarda elias ella ellen elke emil emma enzo eric erik erika ernst esther eva evelyn fabian fabio fatima felix fernando filipa finn fiona flavia florian francoise gareth gavin gemma gertrud gianni gilles gina giulia giulio gloria goncalo graham grace guido gustav hamza harriet hassan hazel heather heidi heike heiko helga henrique herbert holger holly horst hugo ian ibrahim ida ilse imani imran ines ingrid irene iris isla ivy jana janet jasmin jasmine javier jens jeremy jill joachim joaquin jochen joana jordan jorg josh joy juergen jules julia julian julie juliette julio justin jutta kai karen karim karla katja kayla keith kelly kerstin kevin khalid kirsten kurt kyle lara lars laura lee lauren lea leah leila leon leonie leticia leyla lina linda lisbeth lorena lotte louisa louise luca lucas luciana luisa luka lukas luke lydia mads maite malik manon manuela marc marcel marco marcos marcus margot mariana marina mario marion marisa mark markus marlene marta mateus mathilde maurice mauro maya megan mehmet mei mercedes milan mila miriam mohamed mohammed monica monika monique muhammad murat myriam nadia nadine naomi nathalie nele neil nelly nina noah noemi nuno octavia odile olaf olga omar oscar otto owen pascal patrice paula pauline petra phoebe pia priya quentin rafael rainer raj ralf ralph ramona raul regina rene renate rita rocio roger roland rolf roman romain rosa ross roy ruben rui rupert ruth sabine salma sander sandrine sandro santiago saskia scott sean serena sergio sharon silke silvia simone sofia sonia sophia sophie stella stuart susana sven sylvia sylvie tamara tania tara teresa theresa thierry thorsten tiago till tom torsten tracy uwe vanessa vera verena victor viktor vera virginia vivian volker xavier yann yannick yara yasmin yolanda yuki yusuf yvonne zara zoe vasco beatriz rodrigo afonso leonor matilde catarina ricardo bruna fernanda thiago larissa aline sanne daan bram lotte femke sven jeroen maarten joost anouk fleur roos thijs lars noor eline lieke wouter kenji hiroshi sakura wei li ming chen arjun ananya rohan kavita deepak sunita'.split(
    ' ',
  );

const canonicalForms = new Map<string, string[]>();
for (const group of groups) {
  const [full = '', ...forms] = group.split(' ');
  for (const form of [full, ...forms])
    canonicalForms.set(form, [...(canonicalForms.get(form) ?? []), full]);
}
const known = new Set([...canonicalForms.keys(), ...others]);

/** True for names that are common as given names; `word` may carry accents. */
export function isGivenName(word: string): boolean {
  const folded = foldAccents(word).replace(/[.,]+$/, '');
  return known.has(folded) || folded.split('-').every((part) => known.has(part));
}

/** The full forms a folded given name may stand for; itself when it is in no group. */
export function fullForms(folded: string): readonly string[] {
  return canonicalForms.get(folded) ?? [folded];
}

/** `bob` and `robert`, `hans` and `johannes`. Both folded. */
export function areNameForms(left: string, right: string): boolean {
  if (left === right) return true;
  const forms = fullForms(right);
  return fullForms(left).some((form) => forms.includes(form));
}
