import { foldAccents } from './fold.ts';

/** Forms of address in seven languages, folded and without dots → how they are written. */
const titleForms = new Map<string, string>(
  `mr=Mr|mister=Mr|mrs=Mrs|missus=Mrs|ms=Ms|miss=Miss|mx=Mx|master=Master|sir=Sir|lady=Lady|lord=Lord|dame=Dame|
  dr=Dr|doctor=Dr|prof=Prof.|professor=Prof.|rev=Rev.|reverend=Rev.|fr=Fr.|father=Father|capt=Capt.|captain=Capt.|col=Col.|maj=Maj.|lt=Lt.|sgt=Sgt.|hon=Hon.|rabbi=Rabbi|imam=Imam|
  herr=Herr|frau=Frau|hr=Herr|frl=Frl.|dipl-ing=Dipl.-Ing.|mag=Mag.|
  m=M.|monsieur=M.|mme=Mme|madame=Mme|mlle=Mlle|mademoiselle=Mlle|
  sr=Sr.|sra=Sra.|srta=Srta.|señor=Sr.|senor=Sr.|senora=Sra.|don=Don|dona=Dona|
  sig=Sig.|sigra=Sig.ra|sig.ra=Sig.ra|signor=Sig.|signora=Sig.ra|dott=Dott.|dott.ssa=Dott.ssa|dottssa=Dott.ssa|avv=Avv.|ing=Ing.|
  exmo=Exmo.|exma=Exma.|dra=Dra.|
  dhr=Dhr.|mevr=Mevr.|mw=Mw.|meneer=Dhr.|mevrouw=Mevr.|drs=Drs.`
    .split('|')
    .map((pair) => {
      const [form = '', title = ''] = pair.trim().split('=');
      return [form, title] as const;
    }),
);

const bare = (token: string) => foldAccents(token).replace(/[.,]+$/, '');

/** The way a title is written, or null when the word is none. */
export function titleOf(token: string): string | null {
  return titleForms.get(bare(token)) ?? titleForms.get(bare(token).replaceAll('.', '')) ?? null;
}

/** True when a whole cell is made of titles: `Mr`, `Prof. Dr.`, `Mr & Mrs`. */
export function isTitle(cell: string): boolean {
  const words = cell.split(/[\s&+/]+|\band\b|\bund\b|\bet\b/).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => titleOf(word) !== null);
}

const suffixForms =
  /^(jr|jnr|junior|sr|snr|senior|ii|iii|iv|phd|md|esq|obe|mbe|neto|filho|fils)\.?$/i;

/** Name suffixes that stand last: `Jr.`, `III`, `PhD`. */
export function isSuffix(token: string): boolean {
  return suffixForms.test(token.replace(/[.,]+$/, ''));
}
