import type { DietCode } from '@wedsync/contracts/guest-import';

/**
 * Words that name a way of eating, folded (no accents), in English, German, French, Spanish,
 * Italian, Portuguese and Dutch. Longer forms first: `vegan` must not be read inside `not vegan`.
 */
export const dietStyles: readonly (readonly [DietCode, RegExp])[] = [
  ['vegan', /\b(vegan\w*|plant[- ]based|vegetalien\w*|veganist\w*)/g],
  [
    'vegetarian',
    /\b(vegetarian\w*|veggie|veggies|vegi|vegetarier\w*|vegetarisch\w*|vegetarien\w*|vege|veg|vegetariano|vegetariana|sem carne|sin carne|senza carne|no meat|meat[- ]free|fleischlos|sans viande|geen vlees)\b/g,
  ],
  [
    'pescatarian',
    /\b(pescatarian\w*|pescetarian\w*|pescovegetar\w*|pesco[- ]?vegetar\w*|pescetarie\w*)/g,
  ],
  ['halal', /\bhall?al\b/g],
  ['kosher', /\b(kosher|koscher|casher|kasher|koosjer)\b/g],
  ['low-salt', /\b(low[- ]salt|low[- ]sodium|salzarm|sans sel|sin sal|zoutarm)\b/g],
];

/** A style of eating that forbids gluten for medical reasons. */
export const coeliac =
  /\b(coeliac\w*|celiac\w*|zoliakie|zoeliakie|coeliaque|celiaque|coeliakie|celiach\w+|celiaquia|celiac[ao])/;

/** Things to avoid, folded. `context` = only with a word such as “no”, “free” or “allergic”. */
export const allergens: readonly { code: DietCode; pattern: RegExp; context: boolean }[] = [
  {
    code: 'peanuts',
    context: false,
    pattern:
      /\b(peanuts?|erdnuss\w*|erdnusse\w*|cacahuetes?|cacahuates?|arachides?|arachidi|amendoim|amendoins|pinda\w*|mani)\b/g,
  },
  {
    code: 'nuts',
    context: false,
    pattern:
      /\b((?:tree[- ])?nuts?|nuss\w*|nusse\w*|noix|fruits? a coque|noisettes?|nueces|nuez|frutos secos|noci|nocciole|frutta secca|nozes|frutos de casca|noten\w*|almonds?|hazelnuts?|cashews?|walnuts?|pistachios?)\b/g,
  },
  {
    code: 'gluten',
    context: false,
    pattern: /\b(gluten\w*|glutin\w*|wheat|weizen\w*|ble|trigo|frumento|tarwe|gf)\b/g,
  },
  { code: 'lactose', context: false, pattern: /\b(lactose\w*|laktose\w*|lactosa|lattosio|df)\b/g },
  {
    code: 'dairy',
    context: false,
    pattern:
      /\b(dairy|milk|milch\w*|produits laitiers|lait|lacteos|leche|latticini|latte|laticinios|leite|zuivel\w*|melk\w*|cheese)\b/g,
  },
  {
    code: 'egg',
    context: true,
    pattern: /\b(eggs?|eier\w*|oeufs?|huevos?|uova|uovo|ovos?|eieren)\b/g,
  },
  {
    code: 'shellfish',
    context: false,
    pattern:
      /\b(shellfish|seafood|crustaceans?|prawns?|shrimps?|lobster|meeresfruchte\w*|schalentiere\w*|krustentiere\w*|fruits de mer|crustaces?|mariscos?|crustaceos?|frutti di mare|crostacei|molluscs?|schaaldieren|schelpdieren|garnalen)\b/g,
  },
  {
    code: 'fish',
    context: true,
    pattern: /\b(fish|fisch\w*|poissons?|pescado|pesce|peixe|vis)\b/g,
  },
  { code: 'soy', context: false, pattern: /\b(soya?|soja\w*|soia)\b/g },
  { code: 'sesame', context: false, pattern: /\b(sesame|sesam\w*|sesamo)\b/g },
  {
    code: 'celery',
    context: true,
    pattern: /\b(celery|sellerie|celeri|apio|sedano|aipo|selderij)\b/g,
  },
  {
    code: 'mustard',
    context: true,
    pattern: /\b(mustard|senf|moutarde|mostaza|senape|mostarda|mosterd)\b/g,
  },
  { code: 'lupin', context: false, pattern: /\b(lupins?|lupinen?|altramuz|lupini|lupine)\b/g },
  {
    code: 'sulphites',
    context: false,
    pattern: /\b(sulphites?|sulfites?|sulfit\w*|sulfitos|solfiti|sulfieten)\b/g,
  },
  {
    code: 'pork',
    context: true,
    pattern: /\b(pork|schwein\w*|porc|cerdo|maiale|porco|varkensvlees|varken)\b/g,
  },
  { code: 'beef', context: true, pattern: /\b(beef|rind\w*|boeuf|ternera|manzo|rundvlees)\b/g },
  {
    code: 'red-meat',
    context: true,
    pattern: /\b(red meat|rotes fleisch|viande rouge|carne roja|carne rossa|rood vlees)\b/g,
  },
  { code: 'alcohol', context: true, pattern: /\b(alcohol|alkohol\w*|alcool)\b/g },
  {
    code: 'sugar',
    context: true,
    pattern:
      /\b(sugar|zucker\w*|sucre|azucar|zucchero|acucar|suiker\w*|diabetic|diabetiker\w*|diabetes)\b/g,
  },
];

/** Words that make a thing to avoid a danger rather than a wish. */
export const dangerWords =
  /\b(allerg\w*|alerg\w*|anaphyla\w*|anafila\w*|epi-?pen|intoleran\w*|intolleran\w*|unvertraglich\w*|severe|life[- ]threatening|schwere?)\b/;

/** Words that say a thing is avoided at all. */
export const avoidBefore =
  /\b(no|not|non|without|avoid\w*|free of|free from|hates?|dislikes?|can ?not eat|can'?t eat|cannot have|can'?t have|does ?n[o']t eat|doesn'?t eat|doesn'?t drink|doesn'?t like|kein\w*|ohne|isst nicht|mag nicht|vertragt kein\w*|sans|pas de|ne mange pas|ni|sin|no come|senza|niente|non mangia|sem|nao come|geen|zonder|eet geen)\b/;
export const avoidAfter =
  /^[\w ]{0,12}?(-| )?(free|frei|vrij|loos|los|allerg|alerg|intoleran|unvertrag)/;

/** Phrases that say there is nothing to note. */
export const nothingSpecial =
  /^(no|none|n a|na|nil|nothing|nope|no allergies|no known allergies|nka|no dietary requirements|no restrictions|no requirements|none known|any|anything|everything|eats everything|eats anything|all|omnivore|normal|standard|regular|keine|keins|nein|nichts|alles|isst alles|keine allergien|keine unvertraglichkeiten|aucun|aucune|rien|neant|mange de tout|ninguna|ninguno|nada|sin restricciones|nessuna|nessuno|niente|nenhuma|nenhum|geen|niets|eet alles)$/;
